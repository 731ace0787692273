import { mergingReport, type MergingCounts } from '../../../domain/visits/merging-report';

const counts: MergingCounts = {
  visits: 8,
  timesApart: [
    { times: 1, entities: 9 },
    { times: 2, entities: 3 },
  ],
  departments: [
    { code: 'SCJG', teamSize: 2, visits: 8, visitsApart: 9 },
    { code: 'WJW', teamSize: 3, visits: 5, visitsApart: 6 },
  ],
  lines: [
    { item: 'I1', stratum: 'A', size: 90, ratio_ppm: 100_000, minimum: 0, sample: 9, drawn: 9 },
    { item: 'I2', stratum: 'A', size: 50, ratio_ppm: 100_000, minimum: 0, sample: 5, drawn: 4 },
  ],
};

test('what merging saved the inspected and the departments', () => {
  expect(mergingReport(counts, 'seed')).toMatchObject({
    ...{ visits: 8, visitsApart: 15, saved: 7, entitiesApart: 12, personVisits: 31, personVisitsApart: 36 },
    sentence:
      '若 2 个部门按同样的比例各抽各的、各去各的，要上门 15 次，其中 3 户会被查两次以上；现在合并为 8 户、每户一次，少上门 7 次（47%）。',
  });
});

test('a ratio that was not met shows', () => {
  expect(mergingReport(counts, 'seed').lines.map((line) => line.met)).toEqual([true, false]);
});

test('where nothing was saved, nothing is claimed', () => {
  const alone: MergingCounts = {
    ...counts,
    timesApart: [{ times: 1, entities: 8 }],
    departments: [{ code: 'SCJG', teamSize: 2, visits: 8, visitsApart: 8 }],
  };
  expect(mergingReport(alone, 'seed').sentence).toBe(
    '若 1 个部门按同样的比例各抽各的、各去各的，要上门 8 次；现在合并为 8 户、每户一次。',
  );
});

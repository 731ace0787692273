import { nextVersion, publicNameProblem } from '../../../domain/visits/publications';

const content = {
  entityName: '云溪餐饮店',
  resultCode: 1,
  method: 'on-site',
  visitOn: '2026-05-20',
} as const;
const published = { status: 'published', content } as const;
const withdrawn = { status: 'withdrawn', content } as const;

test('the public reads another version where something that it reads has changed', () => {
  expect(nextVersion('result', published, content)).toBeNull();
  const corrected = { ...content, resultCode: 5 };
  expect(nextVersion('result', published, corrected)).toEqual({ status: 'corrected', content: corrected });
  const renamed = { ...content, entityName: '云溪餐饮二店' };
  expect(nextVersion('publication', published, renamed)).toEqual({ status: 'corrected', content: renamed });
});

test('how an item was inspected is public; where it was not kept, nothing has changed by that', () => {
  const online = { ...content, method: 'online' } as const;
  expect(nextVersion('result', published, online)).toEqual({ status: 'corrected', content: online });
  const before = { status: 'published', content: { ...content, method: null } } as const;
  expect(nextVersion('result', before, content)).toBeNull();
});

test('what was withdrawn comes back by its own correction alone', () => {
  expect(nextVersion('withdrawal', published, content)).toEqual({ status: 'withdrawn', content });
  expect(nextVersion('withdrawal', withdrawn, content)).toBeNull();
  expect(nextVersion('result', withdrawn, { ...content, resultCode: 5 })).toBeNull();
  expect(nextVersion('publication', withdrawn, content)).toEqual({ status: 'corrected', content });
});

test('no natural person stands in public by name, nor by what identifies them', () => {
  expect(publicNameProblem('王小明', '个体工商户')).toContain('遮盖');
  expect(publicNameProblem('王＊＊', '个体工商户')).toBeNull();
  expect(publicNameProblem('王小明 13800138000', '个体工商户')).toContain('电话号码');
  expect(publicNameProblem('云溪餐饮店', '个体工商户')).toBeNull();
});

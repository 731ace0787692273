import { entitiesCsv, inspectorsCsv, itemsCsv, trainingsCsv } from '../../../examples/as-csv';
import { inventedCity } from '../../../examples/invented-city';
import { readCreditCode } from '../../../domain/registry/credit-code';
import { DEFAULT_TAG_RULES } from '../../../domain/registry/tag-rules';
import { covers } from '../../../domain/regions/covers';

const city = inventedCity();

describe('the invented city', () => {
  test('has the size of a small one', () => {
    expect(city.entities).toHaveLength(2000);
    expect(city.inspectors).toHaveLength(60);
    expect(city.items).toHaveLength(30);
    expect(city.regions).toHaveLength(12);
    expect(city.departments.filter(({ kind }) => kind === 'inspecting')).toHaveLength(8);
  });

  test('is the same each time', () => {
    expect(inventedCity()).toEqual(city);
  });

  test('has valid credit codes, all different, in its own area', () => {
    expect(city.entities.filter(({ creditCode }) => !readCreditCode(creditCode).ok)).toEqual([]);
    expect(new Set(city.entities.map(({ creditCode }) => creditCode)).size).toBe(2000);
    expect(city.entities.every(({ regionCode }) => covers('691100', regionCode))).toBe(true);
  });

  test('has entities for every item', () => {
    const tags = new Set(city.entities.flatMap((entity) => entity.scopeTags ?? []));
    const unmet = city.items.filter(
      ({ objectTags }) => objectTags.length > 0 && !objectTags.some((tag) => tags.has(tag)),
    );
    expect(unmet).toEqual([]);
    const known = new Set(DEFAULT_TAG_RULES.map(({ tag }) => tag));
    expect(city.items.flatMap(({ objectTags }) => objectTags).filter((tag) => !known.has(tag))).toEqual([]);
  });

  test('has a law and questions for every item', () => {
    for (const item of city.items) {
      expect(item.legalBases[0]?.law).not.toBe('');
      expect(item.checkForm[0]?.questions.length).toBeGreaterThanOrEqual(3);
      expect(item.checkForm[0]?.questions.length).toBeLessThanOrEqual(6);
    }
  });

  test('has at least two qualified inspectors for every item in every county, and two expired certificates', () => {
    const valid = city.inspectors.filter(({ certificateValidUntil }) => certificateValidUntil > '2026-12-30');
    expect(city.inspectors.length - valid.length).toBe(2);
    for (const item of city.items) {
      for (const { code } of city.regions.slice(2)) {
        const able = valid.filter(
          (one) =>
            one.department === item.department &&
            one.regions.some((region) => covers(region, code)) &&
            item.qualifications.every((each) => one.qualifications.includes(each)),
        );
        expect(able.length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  test('has people with different names and logins', () => {
    const people = [...city.logins, ...city.inspectors];
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    expect(new Set(city.logins.map(({ username }) => username)).size).toBe(city.logins.length);
  });

  test('can be written as the files that officials import', () => {
    expect(entitiesCsv(city).split('\r\n')).toHaveLength(2002);
    expect(inspectorsCsv(city).split('\r\n')).toHaveLength(62);
    expect(itemsCsv(city).split('\r\n')).toHaveLength(32);
    expect(trainingsCsv(city, '2026-05-06').split('\r\n')).toHaveLength(62);
  });
});

/** Strata of a draw in words. */
export const strata = {
  strata: {
    class: '{{letter}} 类',
    levels: { high: '行业高风险', normal: '行业一般风险', low: '行业低风险' },
    note: '（{{words}}）',
    and: '、',
  },
};

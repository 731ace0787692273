/**
 * The reason that the frozen exclusions of rotation carry, the same for everybody: it says who was there last, which the
 * public files of that draw say too, and nothing else.
 */
export const ROTATION_REASON = '轮换：上次检查过该对象';

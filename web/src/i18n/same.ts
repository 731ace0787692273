/** The shape of a set of texts: another language has exactly the same keys, or the compiler says so. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

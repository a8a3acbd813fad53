/** A value while it is being built: optional parts are set where there are any. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

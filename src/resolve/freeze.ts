/**
 * Freezes a value with everything in it, so that nothing downstream can change what was checked. Maps are read-only by
 * their type alone.
 */
export function deepFreeze<T>(value: T): T {
  freezeAny(value);
  return value;
}

function freezeAny(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  if (Array.isArray(value)) for (const part of value) freezeAny(part);
  else if (value instanceof Map) for (const part of value.values()) freezeAny(part);
  else for (const key in value) freezeAny(value[key as keyof typeof value]);
}

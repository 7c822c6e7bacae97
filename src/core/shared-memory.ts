/** Keeps each piece's counterpart as long as the piece. */
const counterparts = new WeakMap<SharedArrayBuffer, ArrayBuffer>();

/**
 * Shared memory that the garbage collector knows the size of. V8 counts a `SharedArrayBuffer` as nothing, so pictures that
 * nobody needs any more would bring about no collection and stay for minutes. Each piece carries private memory of its size,
 * which is counted and never touched: of the kernel it takes addresses, and no memory.
 */
export function allocateShared(bytes: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes);
  counterparts.set(memory, new ArrayBuffer(bytes));
  return memory;
}

// Seeded chance for code that is not ours: the process's sources of randomness while a run goes on.
import crypto from 'node:crypto';
import type { Random } from './random.ts';

interface ChanceReplacement {
  readonly owner: object;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Replacements that draw from the stream of the current run; a library that kept one of them draws from the real
 * source when there is no run.
 */
export function seededChance(current: () => Random | null): readonly ChanceReplacement[] {
  const real = {
    random: Math.random,
    uuid: crypto.randomUUID.bind(crypto),
    fill: crypto.webcrypto.getRandomValues.bind(crypto.webcrypto) as <T>(view: T) => T,
    fillSync: crypto.randomFillSync.bind(crypto) as <T>(view: T, offset: number, size?: number) => T,
    bytes: crypto.randomBytes.bind(crypto),
  };
  const random = (): number => current()?.next() ?? real.random();
  const uuid = (): string => (current() === null ? real.uuid() : uuidOf(seededBytes(current()!, 16)));
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const stream = current();
    if (stream === null) return real.fill(view);
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    bytes.set(seededBytes(stream, bytes.length));
    return view;
  };
  const bytes = (size: number, done?: (error: null, bytes: Buffer) => void): Buffer | undefined => {
    const stream = current();
    const drawn = stream === null ? real.bytes(size) : Buffer.from(seededBytes(stream, size));
    if (done === undefined) return drawn;
    queueMicrotask(() => done(null, drawn));
    return undefined;
  };
  const fillSync = <T extends ArrayBufferView>(view: T, offset = 0, size?: number): T => {
    if (current() === null) return real.fillSync(view, offset, size);
    const whole = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    fill(whole.subarray(offset, size === undefined ? undefined : offset + size));
    return view;
  };
  return [
    { owner: Math, name: 'random', value: random },
    { owner: crypto, name: 'randomUUID', value: uuid },
    { owner: crypto, name: 'randomBytes', value: bytes },
    { owner: crypto, name: 'randomFillSync', value: fillSync },
    { owner: crypto.webcrypto, name: 'randomUUID', value: uuid },
    { owner: crypto.webcrypto, name: 'getRandomValues', value: fill },
  ];
}

function seededBytes(random: Random, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = Math.floor(random.next() * 256);
  return bytes;
}

/** Version 4, variant 1 (RFC 9562). */
function uuidOf(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

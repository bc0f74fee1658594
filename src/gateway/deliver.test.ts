// Tests of delivery: nothing is written to a caller who makes no room, and what goes away is told once.
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Time } from '../base/clock.ts';
import type { WireReply } from '../llm/wire/wire-reply.ts';
import { deliver } from './deliver.ts';

/** A connection that takes what it is given, and says whether there is room for more. */
class Connection extends EventEmitter {
  readonly written: string[] = [];
  hasRoom = true;
  ended = false;
  destroyed = false;

  writeHead(status: number): void {
    this.written.push(`${status}`);
  }
  flushHeaders(): void {
    this.written.push('flushed');
  }
  write(text: string): boolean {
    this.written.push(text.length > 9 ? `${text.length} characters` : text);
    return this.hasRoom;
  }
  end(text?: string): void {
    if (text !== undefined) this.written.push(text);
    this.ended = true;
  }
}

/** Time that is moved by hand. */
class HandTime implements Time {
  #nowMs = 0;
  #timers: { atMs: number; happen: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }
  after(delayMs: number, happen: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, happen };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((one) => one !== timer));
  }
  to(atMs: number): void {
    this.#nowMs = atMs;
    const due = this.#timers.filter((timer) => timer.atMs <= atMs);
    this.#timers = this.#timers.filter((timer) => timer.atMs > atMs);
    for (const { happen } of due) happen();
  }
  get waiting(): number {
    return this.#timers.length;
  }
}

function reply(texts: readonly string[], everyMs = 0): WireReply {
  const chunks = texts.map((text, index) => ({ afterMs: index * everyMs, data: text }));
  const afterMs = (texts.length - 1) * everyMs;
  return { kind: 'response', afterMs: 0, status: 200, headers: {}, chunks, end: { kind: 'close', afterMs } };
}

function delivering(wire: WireReply) {
  const [connection, time, told] = [new Connection(), new HandTime(), [] as string[]];
  const begin = (): void =>
    deliver(
      { reply: wire, delivered: () => told.push('delivered'), abandoned: () => told.push('abandoned') },
      connection as unknown as ServerResponse,
      time,
    );
  return { connection, time, told, begin };
}

describe('a delivery', () => {
  it('waits for a caller who makes no room, and goes on where it stopped', () => {
    const { connection, told, begin } = delivering(reply(['a', 'b', 'c']));
    connection.hasRoom = false;
    begin();
    expect(connection.written).toEqual(['200', 'a']);
    connection.emit('drain');
    expect(connection.written).toEqual(['200', 'a', 'b']);
    expect(told).toEqual([]);
    connection.hasRoom = true;
    connection.emit('drain');
    expect([connection.written.at(-1), connection.ended, told]).toEqual(['c', true, ['delivered']]);
  });

  it('hands a long text over in pieces', () => {
    const { connection, begin } = delivering(reply(['x'.repeat(600_000)]));
    connection.hasRoom = false;
    begin();
    expect(connection.written).toEqual(['200', '262144 characters']);
    connection.emit('drain');
    connection.emit('drain');
    expect(connection.written.at(-1)).toBe('75712 characters');
  });

  it('sends each chunk at its moment, and those that are late at once', () => {
    const { connection, time, begin } = delivering(reply(['a', 'b', 'c', 'd'], 10));
    begin();
    expect(connection.written).toEqual(['200', 'a']);
    time.to(10);
    expect(connection.written.at(-1)).toBe('b');
    time.to(35);
    expect([connection.written.slice(-2), connection.ended]).toEqual([['c', 'd'], true]);
  });

  it('stops when the caller goes away, says so once, and leaves no timer', () => {
    const { connection, time, told, begin } = delivering(reply(['a', 'b'], 10));
    begin();
    connection.emit('close');
    connection.emit('close');
    expect([told, time.waiting]).toEqual([['abandoned'], 0]);
    time.to(100);
    expect(connection.written).toEqual(['200', 'a']);
  });
});

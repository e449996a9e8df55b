/** Turns the methods of the port into functions over a handle: reads get a reader, writes a writer. */
import type { Reader, Writer } from './handle';

export type Reads<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (db: Reader, ...args: A) => R : never;
};
export type Writes<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (db: Writer, ...args: A) => R : never;
};

import type { Stage } from '../acts/act';
import type { World } from '../state/world';

/** Customers that write by themselves. */
export class LiveCustomers {
  constructor(world: World, stage: Stage) {
    void world;
    void stage;
  }
  close(): void {}
}

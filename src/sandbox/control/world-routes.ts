import type { FastifyInstance } from 'fastify';
import { ERRMSG } from '../api/errors';
import type { PushRules, World } from '../state/world';
import { ControlError } from './errors';
import { clockBody, configBody, faultBody } from './schemas';

interface FaultRequest {
  readonly path: string;
  readonly appid?: string;
  readonly errcode?: number;
  readonly errmsg?: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly drop?: boolean | 'before' | 'after';
  readonly times?: number;
}

/** Clock, faults, the record of calls, delivery rules. */
export function worldRoutes(app: FastifyInstance, world: World, apiPaths: readonly string[]): void {
  app.get('/__sandbox/clock', () => ({ now: world.clock.now(), manual: world.clock.manual }));
  app.post<{ Body: { advance: number } }>('/__sandbox/clock', { schema: { body: clockBody } }, ({ body }) => {
    if (!world.clock.manual) {
      throw new ControlError(409, 'clock-not-manual', 'start with --manual-clock to move the clock');
    }
    return { now: world.clock.advance(body.advance) };
  });

  app.get('/__sandbox/faults', () => world.faults.list());
  app.delete('/__sandbox/faults', () => {
    world.faults.clear();
    return { ok: true };
  });
  app.post<{ Body: FaultRequest }>('/__sandbox/faults', { schema: { body: faultBody } }, ({ body }) => {
    if (!apiPaths.includes(body.path)) {
      throw new ControlError(400, 'unknown-path', `no API is served under ${body.path}`);
    }
    if (body.errcode !== undefined && body.errmsg === undefined && !(body.errcode in ERRMSG)) {
      throw new ControlError(400, 'unknown-errcode', `errcode ${body.errcode} needs its errmsg`);
    }
    const { drop, times = 1, ...rest } = body;
    world.faults.add({
      ...rest,
      times,
      ...(drop === true || drop === 'before' ? { drop: 'before' } : drop === 'after' ? { drop } : {}),
    });
    return { ok: true };
  });

  app.get<{ Querystring: { appid?: string } }>('/__sandbox/calls', ({ query }) =>
    world.journal.calls(query.appid),
  );

  app.get('/__sandbox/config', () => ({ push: world.push }));
  app.post<{ Body: { push?: Partial<PushRules> } }>(
    '/__sandbox/config',
    { schema: { body: configBody } },
    ({ body }) => {
      Object.assign(world.push, body.push ?? {});
      return { push: world.push };
    },
  );
}

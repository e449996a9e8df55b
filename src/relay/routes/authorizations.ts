import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  authorizationParams,
  authorizationQuery,
  authorizationRequest,
  type AuthorizationView,
} from '#shared/relay/protocol';
import { ownAttempt, viewOf, type Attempt } from '../component/attempts';
import type { Component } from '../component/component';
import type { Devices } from '../state/devices';
import type { WorkspaceId } from '../store/port';
import type { DeviceAuth } from './auth';
import { parseInput } from './parse';

/** Attempts per minute and device: each may cost a pre-authorization code of the platform. */
const ATTEMPTS = 20;
/** Milliseconds between two looks for what another relay did; this one's own changes are seen at once. */
const LOOK_MS = 500;

/**
 * POST /v1/authorizations begins an attempt to have an account authorized, GET /v1/authorizations/:id tells how it stands and
 * waits for news, DELETE gives it up.
 */
export function authorizationRoutes(
  app: FastifyInstance,
  { component, devices }: { readonly component: Component; readonly devices: Devices },
  auth: DeviceAuth,
): void {
  const { attempts } = component;
  const view = (attempt: Attempt): AuthorizationView => viewOf(attempt, component.startUrl(attempt.id));
  const closing = new AbortController();
  app.addHook('preClose', async () => {
    closing.abort();
  });

  const rateLimit = {
    max: ATTEMPTS,
    timeWindow: 60_000,
    keyGenerator: (request: Parameters<DeviceAuth['deviceOf']>[0]) =>
      `authorizations:${request.headers.authorization ?? request.ip}`,
  };
  app.post('/authorizations', { config: { rateLimit } }, async (request, reply) => {
    const { appid, permissionSets } = parseInput(authorizationRequest, request.body);
    const { id, workspaceId } = auth.deviceOf(request);
    await component.requireReady();
    const device = (await devices.list(workspaceId)).find((each) => each.id === id)?.name ?? '';
    const attempt = await attempts.begin({
      workspaceId,
      device,
      appid: appid ?? null,
      permissionSets: permissionSets === undefined || permissionSets.length === 0 ? null : permissionSets,
    });
    return reply.code(201).send(view(attempt));
  });

  app.get('/authorizations/:id', async (request, reply): Promise<AuthorizationView> => {
    const { id } = parseInput(authorizationParams, request.params);
    const { wait, known } = parseInput(authorizationQuery, request.query);
    const { workspaceId } = auth.deviceOf(request);
    const gone = AbortSignal.any([closing.signal, closedSignal(reply)]);
    const deadline = performance.now() + wait * 1000;
    for (;;) {
      const news = nextLook(component, id, gone);
      try {
        const attempt = await findOwn(component, id, workspaceId);
        const rest = deadline - performance.now();
        if (attempt.state !== known || rest <= 0 || gone.aborted) return view(attempt);
        await news.within(Math.min(rest, LOOK_MS));
      } finally {
        news.dispose();
      }
    }
  });

  app.delete('/authorizations/:id', async (request, reply) => {
    const { id } = parseInput(authorizationParams, request.params);
    await findOwn(component, id, auth.deviceOf(request).workspaceId);
    await attempts.cancel(id);
    return reply.code(204).send();
  });
}

async function findOwn(component: Component, id: string, workspaceId: WorkspaceId): Promise<Attempt> {
  return ownAttempt(await component.attempts.find(id), workspaceId);
}

function closedSignal(reply: FastifyReply): AbortSignal {
  const closed = new AbortController();
  reply.raw.once('close', () => {
    closed.abort();
  });
  return closed.signal;
}

interface NextLook {
  /** Resolves at the next change that this process makes, when the wait is over or its asker gone. */
  within(ms: number): Promise<void>;
  dispose(): void;
}

/** Listens before the first look, so that no change falls between the two. */
function nextLook(component: Component, id: string, gone: AbortSignal): NextLook {
  let changed: () => void = () => undefined;
  const change = new Promise<void>((resolve) => {
    changed = resolve;
  });
  const dispose = component.attempts.onChange((each) => {
    if (each === id) changed();
  });
  gone.addEventListener('abort', changed, { once: true });
  let timer: NodeJS.Timeout | undefined;
  return {
    within: async (ms) => {
      timer = setTimeout(changed, ms);
      await change;
    },
    dispose: () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', changed);
      dispose();
    },
  };
}

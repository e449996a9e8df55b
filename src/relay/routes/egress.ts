import type { FastifyInstance } from 'fastify';
import type { Egress } from '#shared/relay/protocol';
import { egressAddresses } from '../tunnel/egress';

export interface EgressDeps {
  /** Origin of the CONNECT proxy as desktops reach it (`tunnelUrl`); empty when there is none. */
  readonly tunnelUrl: () => string;
  /** Addresses that the operator says WeChat will see; empty when unsaid. */
  readonly addresses: readonly string[];
}

/** GET /v1/egress: where the tunnel is, and which addresses belong on the account's IP whitelist (IP白名单). */
export function egressRoutes(app: FastifyInstance, { tunnelUrl, addresses }: EgressDeps): void {
  app.get('/egress', async (): Promise<Egress> => ({
    tunnelUrl: tunnelUrl(),
    ...(await egressAddresses(addresses)),
  }));
}

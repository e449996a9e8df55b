import { authorizerRoutes } from '../component/authorizer-routes';
import type { TicketService } from '../component/ticket-service';
import { componentTokenRoutes } from '../component/token-routes';
import { blacklistRoutes } from './blacklist';
import { customerServiceMessageRoutes } from './custom-send';
import { kfRoutes } from './kf';
import { mediaRoutes } from './media';
import { menuRoutes } from './menu';
import { networkRoutes } from './network';
import { openApiRoutes } from './openapi';
import { publishRoutes } from './publish';
import type { ApiRoute } from './route';
import { tagRoutes } from './tags';
import { templateRoutes } from './templates';
import { tokenRoutes } from './token';
import { userRoutes } from './users';

/** Every official path that the sandbox serves. */
export function apiRoutes(tickets: TicketService): readonly ApiRoute[] {
  const routes: ApiRoute[] = [
    ...tokenRoutes,
    ...networkRoutes,
    ...userRoutes,
    ...tagRoutes,
    ...blacklistRoutes,
    ...customerServiceMessageRoutes,
    ...kfRoutes,
    ...mediaRoutes,
    ...menuRoutes,
    ...publishRoutes,
    ...templateRoutes,
    ...componentTokenRoutes(tickets),
    ...authorizerRoutes,
  ];
  routes.push(...openApiRoutes(() => routes.map((route) => route.path)));
  return routes;
}

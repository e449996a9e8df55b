import type { ApiRoute } from './route';

/** messages.md §4: of template messages only the industry, which clients read to tell a verified service account. */
export const templateRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/template/get_industry',
    method: 'GET',
    auth: 'token',
    needs: 'verified-service',
    handle: ({ account }) =>
      account.standing.noIndustry
        ? {}
        : {
            primary_industry: { first_class: '餐饮', second_class: '餐饮' },
            secondary_industry: { first_class: '消费品', second_class: '消费品' },
          },
  },
];

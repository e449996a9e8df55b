import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, topics } from '#shared/ipc/contract';

const SECRET_LIKE = /secret|token|aes|passw|credential|private|authorization|cookie|(^|_)key$|[a-z]Key$/i;

/** Every property name that a schema can put out, with its path. */
function propertyPaths(schema: z.ZodType): string[] {
  const paths: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (Array.isArray(node)) node.forEach((entry) => visit(entry, path));
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    for (const [keyword, value] of Object.entries(node)) {
      if (keyword !== 'properties' && keyword !== '$defs') visit(value, path);
      else
        for (const [name, inner] of Object.entries(value as object)) {
          const here = `${path}.${name}`;
          if (keyword === 'properties') paths.push(here);
          visit(inner, here);
        }
    }
  };
  visit(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }), '');
  return paths;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const secretsIn = (schema: z.ZodType) =>
  propertyPaths(schema).filter((path) => SECRET_LIKE.test(nameOf(path)));

describe('what main tells the page', () => {
  it.each(Object.entries(contract))(
    '[SEC-11] %s answers nothing named like a secret',
    (_name, { output }) => {
      expect(secretsIn(output)).toEqual([]);
    },
  );

  it.each(Object.entries(topics))('[SEC-11] %s tells nothing named like a secret', (_name, payload) => {
    expect(secretsIn(payload)).toEqual([]);
  });

  it('finds a secret wherever it hides', () => {
    const inner = z.object({ name: z.string(), appSecret: z.string().optional() });
    const schema = z.object({ rows: z.array(z.union([z.null(), z.object({ deep: inner })])) });
    expect(secretsIn(schema)).toEqual(['.rows.deep.appSecret']);
    expect(secretsIn(z.object({ encodingAesKey: z.string() }))).toHaveLength(1);
    expect(secretsIn(z.object({ deviceToken: z.string() }))).toHaveLength(1);
  });

  it('sees the properties of real answers', () => {
    expect(propertyPaths(contract['accounts.list'].output)).toContain('.connection.error.code');
  });
});

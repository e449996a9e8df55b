/** A quick reply with its variables filled, ready to be looked at, changed or sent. */
import type { QuickReplyBody, Variant } from './quick-reply';
import { fillText, type Variable, type VariableValues } from './variables';

/** Every text of the body filled, addresses and ids left alone. */
export function fillBody(
  body: QuickReplyBody,
  values: VariableValues,
  variant: Variant,
): { readonly body: QuickReplyBody; readonly unknown: readonly Variable[] } {
  const unknown = new Set<Variable>();
  const fill = (text: string): string => {
    const filled = fillText(text, values, variant);
    for (const variable of filled.unknown) unknown.add(variable);
    return filled.text;
  };
  return { body: filledBody(body, fill), unknown: [...unknown] };
}

function filledBody(body: QuickReplyBody, fill: (text: string) => string): QuickReplyBody {
  switch (body.kind) {
    case 'text':
      return { ...body, text: fill(body.text) };
    case 'image':
    case 'article':
      return body;
    case 'music':
    case 'news':
      return { ...body, title: fill(body.title), description: fill(body.description) };
    case 'miniprogram':
      return { ...body, title: fill(body.title) };
    case 'menu':
      return {
        ...body,
        head: fill(body.head),
        items: body.items.map((item) => ({ ...item, content: fill(item.content) })),
        tail: fill(body.tail),
      };
  }
}

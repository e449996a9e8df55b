import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { FEATURES, IMPORT_TABLE, isIn, SINGLE_OWNERS, type Row, type SingleOwner } from './import-table.js';

/** Something in a module that its row or a single owner forbids. */
export interface Violation {
  /** Path from the project's root, with slashes. */
  readonly file: string;
  readonly line: number;
  /** Id of the row or of the single owner. */
  readonly rule: string;
  readonly text: string;
}

/** Every TypeScript module below a folder of the project, as paths from the root with slashes. */
export function modulesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The row that a module belongs to; null when the table does not know it. */
export function rowOf(file: string): Row | null {
  return IMPORT_TABLE.find((row) => row.places.some((place) => isIn(file, place))) ?? null;
}

/** Checks one module of `src`: its text is read from `textFile`, its place is `file`. */
export function checkModule(file: string, textFile: string): readonly Violation[] {
  const source = ts.createSourceFile(file, readFileSync(textFile, 'utf8'), ts.ScriptTarget.Latest, true);
  const violations: Violation[] = [];
  const report = (node: ts.Node, rule: string, text: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    violations.push({ file, line, rule, text });
  };
  const row = rowOf(file);
  if (!row) return [{ file, line: 1, rule: 'table', text: 'belongs to no row of the import table' }];
  const owners = SINGLE_OWNERS.filter(
    (owner) =>
      (!owner.within || isIn(file, owner.within)) && !owner.owners.some((place) => isIn(file, place)),
  );

  const visit = (node: ts.Node): void => {
    for (const found of importsOf(node)) {
      const reason = whyForbidden(file, row, found);
      if (reason) report(node, row.id, `${found.specifier}: ${reason}`);
    }
    for (const owner of owners) {
      if (names(node, owner)) report(node, owner.id, owner.why);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return violations;
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** What one syntax node imports: declarations, re-exports, `import()`, types by `import('…')`, `require`. */
function importsOf(node: ts.Node): readonly Import[] {
  if (ts.isImportDeclaration(node)) {
    const phase = node.importClause?.phaseModifier;
    return [asImport(node.moduleSpecifier, phase === ts.SyntaxKind.TypeKeyword)];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return [asImport(node.moduleSpecifier, node.isTypeOnly)];
  if (ts.isExternalModuleReference(node)) return [asImport(node.expression, false)];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return [asImport(node.argument.literal, true)];
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const loads =
      expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(expression) && expression.text === 'require') ||
      expression.getText() === 'module.require';
    const [argument] = node.arguments;
    if (loads && argument) return [asImport(argument, false)];
  }
  return [];
}

/** A specifier that is computed cannot be checked, so it is forbidden like an unknown package. */
function asImport(node: ts.Node, typeOnly: boolean): Import {
  return { specifier: ts.isStringLiteralLike(node) ? node.text : '(computed)', typeOnly };
}

function whyForbidden(file: string, row: Row, { specifier, typeOnly }: Import): string | null {
  if (isBuiltin(specifier)) return row.node ? null : `${row.id} may not use Node`;
  const target = targetOf(file, specifier);
  if (target === null) {
    const known = row.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    return known ? null : `${row.id} may not use this package`;
  }
  const places = typeOnly ? [...row.imports, ...(row.typeImports ?? [])] : row.imports;
  if (!places.some((place) => isIn(target, place))) return `${row.id} may not import ${target}`;
  const from = featureOf(file);
  const to = featureOf(target);
  return from && to && from !== to ? `feature ${from} may not import feature ${to}` : null;
}

/** The module of the product that a specifier means, from the root; null for a package. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null;
}

function featureOf(path: string): string | null {
  return path.startsWith(FEATURES) ? (path.slice(FEATURES.length).split('/')[0] ?? null) : null;
}

/** Whether a node names what belongs to a single owner. */
function names(node: ts.Node, owner: SingleOwner): boolean {
  const { imported, global, member, attribute, emptyNew } = owner;
  return (
    (imported !== undefined && importsName(node, imported)) ||
    (global !== undefined && isGlobal(node, global)) ||
    (member !== undefined && isMember(node, member)) ||
    (attribute !== undefined && isKey(node, attribute)) ||
    (emptyNew !== undefined &&
      ts.isNewExpression(node) &&
      node.expression.getText() === emptyNew &&
      (node.arguments ?? []).length === 0)
  );
}

function importsName(node: ts.Node, wanted: { readonly module: string; readonly name: string }): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    // Through a namespace or default import of the module.
    return node.name.text === wanted.name && wanted.module === 'electron';
  }
  if (!ts.isImportSpecifier(node) || (node.propertyName ?? node.name).text !== wanted.name) return false;
  const declaration = node.parent.parent.parent;
  return (
    ts.isImportDeclaration(declaration) &&
    ts.isStringLiteral(declaration.moduleSpecifier) &&
    declaration.moduleSpecifier.text === wanted.module
  );
}

/** A use of a global by its own name or as `globalThis.name`; a property, key or text of that name is something else. */
function isGlobal(node: ts.Node, global: string): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === global && /^(globalThis|window|self)$/.test(node.expression.getText());
  if (!ts.isIdentifier(node) || node.text !== global) return false;
  const { parent } = node;
  const isName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isImportSpecifier(parent)) &&
      parent.name === node);
  return !isName;
}

/** `object.property`, `….object.property`, `object['property']`, or `const { property } = object`. */
function isMember(
  node: ts.Node,
  { object, property }: { readonly object: string; readonly property: string },
): boolean {
  const endsIn = (expression: ts.Expression): boolean =>
    (ts.isIdentifier(expression) && expression.text === object) ||
    (ts.isPropertyAccessExpression(expression) && expression.name.text === object);
  if (ts.isPropertyAccessExpression(node)) return node.name.text === property && endsIn(node.expression);
  if (ts.isElementAccessExpression(node))
    return (
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === property &&
      endsIn(node.expression)
    );
  return (
    ts.isVariableDeclaration(node) &&
    ts.isObjectBindingPattern(node.name) &&
    node.initializer !== undefined &&
    endsIn(node.initializer) &&
    node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === property)
  );
}

function isKey(node: ts.Node, attribute: string): boolean {
  if (ts.isJsxAttribute(node)) return node.name.getText() === attribute;
  if (ts.isStringLiteralLike(node)) return node.text === attribute;
  return ts.isPropertyAssignment(node) && node.name.getText() === attribute;
}

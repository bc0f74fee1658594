// The source tree as plain data: which files there are, what each imports, and its text without comments and strings.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Path from the repo's root (with `/`) => text. */
export type Tree = ReadonlyMap<string, string>;

export interface Import {
  /** As written: `../team/agent.ts`, `zod`, `node:fs`. */
  readonly specifier: string;
  /** For a relative import, the path from the repo's root that it names. */
  readonly target: string | undefined;
  /** Gone at run time: `import type … from`, `export type … from`. */
  readonly typeOnly: boolean;
}

/** Reads the `.ts` files below `folders` and the named single files; what is missing is left out. */
export function readTree(root: string, folders: readonly string[], files: readonly string[]): Tree {
  const tree = new Map<string, string>();
  const add = (path: string): unknown => tree.set(path, readFileSync(join(root, path), 'utf8'));
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') walk(path);
      if (entry.isFile() && entry.name.endsWith('.ts')) add(path);
    }
  };
  const present = new Set(readdirSync(root));
  for (const folder of folders) if (present.has(folder)) walk(folder);
  for (const file of files) if (present.has(file)) add(file);
  return tree;
}

/** Tests and what only tests use: not shipped, and free to import any floor. */
export function isTest(path: string): boolean {
  return /\.(test|test-support|suite)\.ts$/.test(path);
}

/** The shipped sources: `src/` without tests. */
export function productFiles(tree: Tree): readonly string[] {
  return [...tree.keys()].filter((path) => path.startsWith('src/') && !isTest(path));
}

const IMPORT =
  /\b(?:(import|export)\b(\s+type\b(?!\s+from\b))?[^;'"`()=]*?\bfrom|(?:import|require)\s*\(|import)\s*(?=['"`])/g;

/** Every import and re-export of a file: static, dynamic, `require`, and `import('…')` in a type. */
export function importsOf(path: string, text: string): readonly Import[] {
  const code = codeOf(text);
  return [...code.matchAll(IMPORT)].map((match) => {
    const start = match.index + match[0].length;
    const specifier = text.slice(start + 1, code.indexOf(code.charAt(start), start + 1));
    const relative = specifier.startsWith('.');
    const target = relative ? posix.join(posix.dirname(path), specifier) : undefined;
    return { specifier, target, typeOnly: match[2] !== undefined };
  });
}

const BEFORE_A_REGEX = /(?:^|[-+*%=(,;:[!&|?{}<>~^]|\b(?:return|typeof|case|in|of|await|yield|throw))\s*$/;
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*|[`{}]/y;

/**
 * The text with comments and the insides of strings, templates and regular expressions blanked out; as long as the
 * text, line for line. Code inside `${…}` stays. A slash after an operator or keyword opens a regular expression.
 */
export function codeOf(text: string): string {
  let code = '';
  let at = 0;
  const braces: ('code' | 'template')[] = [];
  const template = (): void => {
    const body = /(?:\\[^]|\$(?!\{)|[^\\`$])*/y;
    body.lastIndex = at;
    const inside = body.exec(text)?.[0] ?? '';
    code += blank(inside);
    at += inside.length;
    if (text.startsWith('${', at)) braces.push('template');
    const closing = text.slice(at, at + (text.startsWith('${', at) ? 2 : 1));
    code += closing;
    at += closing.length;
  };
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    const isDivision =
      token?.startsWith('/') && !/^\/[/*]/.test(token) && !BEFORE_A_REGEX.test(code.slice(-40));
    if (token === undefined || isDivision) {
      code += text.charAt(at);
      at += 1;
      continue;
    }
    at += token.length;
    if (token === '{') braces.push('code');
    if (token.length === 1) code += token;
    else if (token.startsWith('/')) code += blank(token);
    else code += token.charAt(0) + blank(token.slice(1, -1)) + token.charAt(0);
    if (token === '`' || (token === '}' && braces.pop() === 'template')) template();
  }
  return code;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

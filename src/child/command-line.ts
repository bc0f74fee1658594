// Command lines: a command as one text, taken apart into words as a shell would, without a shell.
import { MusterError } from '../base/muster-error.ts';

/** Blanks part words; quotes of both sorts and a backslash keep them together. Nothing is expanded. Throws `BAD_COMMAND`. */
export function commandWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    if (quote === '' && /\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) [quote, word] = [char, word ?? ''];
    else if (char === '\\' && quote !== "'") {
      index += 1;
      word = (word ?? '') + (text[index] ?? '');
    } else word = (word ?? '') + char;
  }
  if (quote !== '') throw badCommand(text, `a quote ${quote} is never closed`);
  if (word !== null) words.push(word);
  if (words.length === 0) throw badCommand(text, 'there is no command');
  return words;
}

/** What a command is called in reports: the script that it names, else the program; without folder and ending. */
export function commandName(words: readonly string[]): string {
  const code = words.findIndex((word) => word === '-c' || word === '-e');
  const script = words.slice(1, code < 0 ? undefined : code).find((word) => /^[^-].*\.\w+$/.test(word));
  const name = (script ?? words[0] ?? '').replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  return name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '') || 'subject';
}

function badCommand(value: string, message: string): MusterError {
  return new MusterError({
    code: 'BAD_COMMAND',
    message,
    value,
    hint: 'write it like "python team.py"; for pipes and variables, "sh -c \'…\'"',
  });
}

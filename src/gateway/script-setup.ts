// What a script file sets up: its double, whose calls are whose, its chaos plan and its settings.
import type { Json } from '../base/json.ts';
import type { AttributionRule, TextRule } from '../llm/attribution.ts';
import { parseScript } from '../llm/script-file/parse-script.ts';
import type { ScriptDocument, TextPattern, WrittenRule } from '../llm/script-file/script-document.ts';
import { scriptDouble } from '../llm/script-file/script-file.ts';
import type { RunSetup } from './run-setup.ts';

/** What is not said is left as it was. Throws `MusterError` for a bad script, as `parseScript` does. */
export function scriptSetup(value: Json, place: string): Partial<RunSetup> {
  return setupOf(parseScript(value, place), place);
}

/** A document without entries leaves the double as it was: it may bring rules and a plan alone. */
export function setupOf(document: ScriptDocument, place: string): Partial<RunSetup> {
  const { settings, attribution, chaos, entries } = document;
  return {
    ...settings,
    ...(entries.length === 0 ? {} : { model: scriptDouble(document, place) }),
    ...(attribution.length === 0 ? {} : { attribution: attribution.map(ruleOf) }),
    ...(chaos === null ? {} : { chaos }),
  };
}

function ruleOf({ agent, system, tool, model }: WrittenRule): AttributionRule {
  return {
    agent,
    ...(system === undefined ? {} : { system: textRule(system) }),
    ...(tool === undefined ? {} : { tool: textRule(tool) }),
    ...(model === undefined ? {} : { model: textRule(model) }),
  };
}

function textRule(rule: TextPattern): TextRule {
  return typeof rule === 'string' ? rule : new RegExp(rule.pattern, rule.flags);
}

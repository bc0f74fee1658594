// Tool offers in any dialect: which tools a model could have called.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { ToolOffer } from '../../team/ask.ts';
import { firstText } from '../reading.ts';
import { unpacked } from './unpacked.ts';

/** Empty where nothing is offered, or nothing is told. */
export function offersOf(value: Json | undefined): readonly ToolOffer[] {
  const inner = unpacked(value);
  if (Array.isArray(inner)) return (inner as readonly Json[]).flatMap(offersOf);
  if (!isJsonObject(inner)) return [];
  const many = inner['function_declarations'] ?? inner['functionDeclarations'] ?? inner['tools'] ?? null;
  if (many !== null) return offersOf(many);
  return offerOf(isJsonObject(inner['function']) ? inner['function'] : inner);
}

function offerOf(record: JsonObject): readonly ToolOffer[] {
  const name = firstText(record, ['name', 'tool.name']);
  if (name === null) return [];
  const schema =
    record['parameters'] ?? record['input_schema'] ?? record['inputSchema'] ?? record['tool.parameters'];
  const parameters = unpacked(schema);
  return [
    {
      name,
      description: firstText(record, ['description', 'tool.description']) ?? '',
      parameters: isJsonObject(parameters) ? parameters : {},
    },
  ];
}

// Faked texts: by format, by pattern, else by what the field's name says it holds, within the schema's lengths.
import type { Faker } from '@faker-js/faker';
import type { JsonObject } from '../../base/json.ts';
import type { FakedWorld } from './faked-world.ts';

type Maker = (faker: Faker, todayMs: number) => string;

const dayMs = 86_400_000;

const day: Maker = (faker, todayMs) => isoTime(faker, todayMs).slice(0, 10);
const person: Maker = (faker) => faker.person.fullName();
const sentence: Maker = (faker) => faker.lorem.sentence({ min: 6, max: 14 });
const paragraph: Maker = (faker) => faker.lorem.sentences({ min: 2, max: 4 });

const byFormat: Readonly<Record<string, Maker>> = {
  'date-time': isoTime,
  date: day,
  time: (faker, todayMs) => isoTime(faker, todayMs).slice(11),
  duration: (faker) => `PT${faker.number.int({ min: 1, max: 48 })}H`,
  email: email,
  'idn-email': email,
  uri: (faker) => `https://${host(faker)}/${faker.helpers.slugify(faker.lorem.words(2))}`,
  url: (faker) => `https://${host(faker)}/${faker.helpers.slugify(faker.lorem.words(2))}`,
  hostname: host,
  ipv4: (faker) => faker.internet.ipv4(),
  ipv6: (faker) => faker.internet.ipv6(),
  uuid: (faker) => faker.string.uuid(),
  guid: (faker) => faker.string.uuid(),
};

/** First match wins; names are compared in snake case. */
const byName: readonly (readonly [RegExp, Maker])[] = [
  [/e_?mail/, email],
  [/phone|mobile/, (faker) => faker.phone.number({ style: 'international' })],
  [/url|link|website|homepage/, byFormat['uri']!],
  [/company|organi[sz]ation|employer|account_name|vendor/, (faker) => faker.company.name()],
  [/first_name/, (faker) => faker.person.firstName()],
  [/last_name|surname/, (faker) => faker.person.lastName()],
  [/(?:^|_)(?:by|owner|author|approver|contact|assignee|recipient|customer)$|full_name|person/, person],
  [/job|role|position|(?:^|_)title$/, (faker) => faker.person.jobTitle()],
  [/(?:product|item|sku)_?name|^product$/, (faker) => faker.commerce.productName()],
  [/user_?name|handle|login/, (faker) => faker.internet.username().toLowerCase()],
  [/(?:^|_)name$/, person],
  [/city|town/, (faker) => faker.location.city()],
  [/country_code/, (faker) => faker.location.countryCode()],
  [/country/, (faker) => faker.location.country()],
  [/street|address/, (faker) => faker.location.streetAddress()],
  [/zip|postal/, (faker) => faker.location.zipCode()],
  [/currency/, () => 'USD'],
  [/amount|price|cost/, (faker) => faker.commerce.price({ min: 120, max: 48_000 })],
  [/(?:^|_)(?:date|day)$|deadline|due/, day],
  [/(?:^|_)(?:at|time|timestamp|slot)$/, isoTime],
  [
    /(?:^|_)(?:id|key|number|code|reference|ref)$/,
    (faker) => `${faker.string.alpha({ length: 2, casing: 'upper' })}-${faker.string.numeric(4)}`,
  ],
  [/language|locale/, () => 'en'],
  [/subject|headline|heading/, (faker) => capital(faker.lorem.words({ min: 3, max: 7 }))],
  [/summary|description|body|message|email_text|text|content|notes?|rationale|draft/, paragraph],
  [/reason|claim|finding|answer|trigger|recommendation|action|comment|feedback/, sentence],
  [/tone|style|mood/, (faker) => faker.helpers.arrayElement(['warm', 'formal', 'direct', 'consultative'])],
  [/status|state/, (faker) => faker.helpers.arrayElement(['open', 'pending', 'done'])],
  [/priority|severity|level/, (faker) => faker.helpers.arrayElement(['low', 'medium', 'high'])],
  [/source|publication/, (faker) => `${faker.company.buzzNoun()} review`],
  [/flag|tag|label|category|topic|keyword/, (faker) => faker.lorem.word()],
];

export function fakeText(schema: JsonObject, field: string, { faker, todayMs }: FakedWorld): string {
  const format = schema['format'];
  const formatted = typeof format === 'string' ? byFormat[format] : undefined;
  if (formatted !== undefined) return formatted(faker, todayMs);
  if (typeof schema['pattern'] === 'string') return patterned(schema['pattern'], faker);
  const name = snakeCase(field);
  const maker = byName.find(([pattern]) => pattern.test(name))?.[1] ?? sentence;
  return fitted(maker(faker, todayMs), schema, faker);
}

/** Some time in the last two months. */
function isoTime(faker: Faker, todayMs: number): string {
  return new Date(
    todayMs -
      faker.number.int({ min: 0, max: 60 }) * dayMs -
      faker.number.int({ min: 0, max: 28_800 }) * 1000,
  ).toISOString();
}

function email(faker: Faker): string {
  return faker.internet.email({ provider: host(faker) }).toLowerCase();
}

/** Hosts of RFC 2606: nobody's mail. */
function host(faker: Faker): string {
  return `${faker.helpers.slugify(faker.company.buzzNoun()).toLowerCase()}.example.com`;
}

function fitted(text: string, schema: JsonObject, faker: Faker): string {
  const min = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0;
  const max = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : Infinity;
  let long = text;
  while (long.length < min) long += `${long === '' ? '' : ' '}${faker.lorem.word()}`;
  return long.length > max ? padded(long.slice(0, max).trimEnd(), min) : long;
}

function padded(text: string, min: number): string {
  return text.padEnd(min, 'x');
}

/** A few draws, and the last of them when the pattern says more than faker understands. */
function patterned(pattern: string, faker: Faker): string {
  const wanted = new RegExp(pattern, 'u');
  let text = '';
  for (let tries = 0; tries < 5; tries += 1) {
    text = faker.helpers.fromRegExp(plainPattern(pattern));
    if (wanted.test(text)) return text;
  }
  return text;
}

/** Faker's own pattern language knows no anchors and no non-capturing groups. */
function plainPattern(pattern: string): string {
  return pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replaceAll('(?:', '(')
    .replaceAll(String.raw`\d`, '[0-9]')
    .replaceAll(String.raw`\w`, '[A-Za-z0-9_]')
    .replace(/\\([-./:])/g, '$1');
}

function snakeCase(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[-\s]/g, '_')
    .toLowerCase();
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

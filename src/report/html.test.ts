// The file `index.html`: one file that loads and runs nothing, in which data never becomes markup.
import { describe, expect, it } from 'vitest';
import { hostile, hostileCampaign } from './hostile.test-support.ts';
import { htmlReport } from './html.ts';
import { html, jsonMarkup, markupText } from './html/markup.ts';
import { outcomeBar } from './html/outcome-bar.ts';
import { recoveryBuckets } from './html/recovery-section.ts';
import { rateGauge } from './html/scenario-section.ts';
import { timeline } from './html/timeline.ts';
import { reportData } from './report-data.ts';
import { sampleCampaign, sampleFailure } from './sample-campaign.test-support.ts';

const page = htmlReport(reportData(sampleCampaign()));
const hostilePage = htmlReport(reportData(hostileCampaign()));

/** Names of the elements and attributes of a page, tag by tag; what stands between tags is text. */
function anatomy(text: string): { readonly elements: Set<string>; readonly attributes: Set<string> } {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  for (const [tag, name] of text.matchAll(/<\/?([a-zA-Z][a-zA-Z0-9]*)(?:"[^"]*"|[^">])*>/g)) {
    elements.add(name!.toLowerCase());
    for (const [, attribute] of tag.matchAll(/\s([a-zA-Z:-]+)(?==")/g)) attributes.add(attribute!);
  }
  return { elements, attributes };
}

describe('the page', () => {
  it('has a section for each thing that was measured, and a way to each', () => {
    const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'scenarios',
      'twins',
      'failures',
      'coverage',
      'recovery',
      'tokens',
      'calibration',
      'words',
    ]);
    for (const id of ids) expect(page.includes(`<a href="#${id}">`), id).toBe(true);
  });

  it('tells the smallest plan of what failed under faults, and none of what fails by itself', () => {
    expect(page).toContain('Smallest plan');
    expect(page).toMatch(/3 of them shrunk to the smallest plan/);
    const calm = { schemaVersion: 1, name: 'none', hypothesis: '', injections: [] } as const;
    const [group] = reportData(sampleCampaign()).groups;
    if (group === undefined) throw new Error('no group');
    const failures = [{ ...group.example, plan: calm, shrunk: calm }];
    const alone = htmlReport({
      ...reportData(sampleCampaign()),
      failedTrials: 1,
      groups: [{ ...group, failures, example: failures[0]! }],
    });
    expect(alone).toContain('1 failing trial, grouped by');
    expect(alone).not.toContain('Smallest plan');
  });

  it('loads nothing and runs nothing', () => {
    expect(
      page.match(/\b(?:src|srcset|action|formaction|ping)=|url\(|@import|<link|<iframe|https?:/),
    ).toBeNull();
    expect([...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="application/json" id="summary">',
    ]);
    expect(page.includes('content="default-src &#39;none&#39;;')).toBe(true);
    expect(page.match(/\son[a-z]+=/)).toBeNull();
  });

  it('embeds the summary as data that can be read back', () => {
    const embedded = /<script type="application\/json" id="summary">([^<]*)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(embedded)).toMatchObject({ schemaVersion: 1, seed: 7, verdict: 'fail' });
  });

  it('has the same elements and attributes however hostile its texts are', () => {
    const [given, expected] = [anatomy(hostilePage), anatomy(page)];
    expect([...given.elements].filter((name) => !expected.elements.has(name))).toEqual([]);
    expect([...given.attributes].filter((name) => !expected.attributes.has(name))).toEqual([]);
    expect(hostilePage.includes('<img')).toBe(false);
    expect(hostilePage.match(/<\/script/g)).toHaveLength(1);
    expect(hostilePage.match(/<!--/g)).toBeNull();
    // oxlint-disable-next-line no-control-regex -- it looks for them
    expect(hostilePage.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)).toBeNull();
  });

  it('says that nothing can be claimed when nothing was run', () => {
    const empty = htmlReport(reportData({ ...sampleCampaign(), scenarios: [], warnings: [] }));
    expect(empty).toContain('Nothing can be claimed');
    expect(empty).not.toContain('<section id="scenarios"');
  });

  it('leads from each mark of a timeline to a line of the event list', () => {
    const targets = [...page.matchAll(/<a href="#(f\d+-\d+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(20);
    for (const id of targets) expect(page.includes(`<tr id="${id}"`), id).toBe(true);
  });
});

describe('the pieces of the page', () => {
  it('an outcome bar names every class that occurred, the best first', () => {
    expect(markupText(outcomeBar({ hung: 1, absorbed: 1234 }))).toMatchSnapshot();
    expect(markupText(outcomeBar({}))).toContain('–');
  });

  it('a gauge shows rate, interval, proof and target on the whole scale', () => {
    const bounds = { confidence: 0.95, lower: 0.9, upper: 0.99, wilson: { low: 0.88, high: 0.98 } };
    const gate = { kind: 'atLeast', rate: 0.95, confidence: 0.95, reason: '', moreTrials: 3 } as const;
    expect(markupText(rateGauge({ rate: 0.95, bounds, gate }))).toMatchSnapshot();
  });

  it('a timeline gives each agent a lane, each event a mark and each fault a band', () => {
    const drawn = markupText(timeline('f1', sampleFailure()));
    expect(drawn.match(/class="lane"/g)).toHaveLength(6);
    expect(drawn.match(/class="fault-band"/g)).toHaveLength(1);
    expect(drawn.match(/<a href=/g)).toHaveLength(sampleFailure().events.length);
    expect(drawn.match(/class="split"/g)).toHaveLength(2);
    expect(drawn).toContain('1 h 00 min');
    expect(markupText(timeline('f1', sampleFailure({ events: [] })))).toBe('');
  });

  it('a histogram has no gaps in its scale, and keeps apart who never came back', () => {
    const row = { steps: 1, extraTokens: 0, extraCalls: 0, agentsTouched: 1 };
    const buckets = recoveryBuckets([
      { ...row, ms: 0, censored: false },
      { ...row, ms: 5, censored: false },
      { ...row, ms: 5.1, censored: false },
      { ...row, ms: 1, censored: true },
    ]);
    expect(buckets.map(({ name, count }) => [name, count])).toEqual([
      ['at once', 1],
      ['1 ms', 0],
      ['2 ms', 0],
      ['5 ms', 1],
      ['10 ms', 1],
      ['never', 1],
    ]);
    expect(recoveryBuckets([])).toEqual([]);
  });
});

describe('markup', () => {
  it('escapes text in elements and attributes, and passes markup on', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(markupText(html`<p title="${'"\'&'}">${inner}${[inner]}${3}</p>`)).toBe(
      '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>3</p>',
    );
  });

  it('writes JSON that no script element can be left from, and that reads the same', () => {
    const text = markupText(jsonMarkup({ hostile }));
    expect(text).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(text)).toEqual({ hostile });
  });
});

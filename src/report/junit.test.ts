// The file `junit.xml`: well-formed whatever is in it, and a fair account of the verdicts.
import { describe, expect, it } from 'vitest';
import { hostile, hostileCampaign } from './hostile.test-support.ts';
import { junitXml, xmlText } from './junit.ts';
import { reportData } from './report-data.ts';
import { sampleCampaign } from './sample-campaign.test-support.ts';

/** Checks tags, attributes and references one after the other; throws at the first thing that is not XML. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>/, '');
  while (rest !== '') {
    const text = /^[^<&]+|^&(?:amp|lt|gt|quot|apos|#\d+);/.exec(rest);
    const tag = /^<(\/?)([a-z-]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#\d+);)*")*)(\/?)>/.exec(
      rest,
    );
    const piece = text ?? tag;
    if (piece === null) throw new Error(`not XML: ${rest.slice(0, 60)}`);
    if (text !== null && text[0].includes(']]>')) throw new Error('a section ends that never began');
    if (tag !== null && tag[1] === '/' && open.pop() !== tag[2]) throw new Error(`stray </${tag[2]}>`);
    if (tag !== null && tag[1] === '' && tag[4] === '') open.push(tag[2]!);
    rest = rest.slice(piece[0].length);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
}

describe('junit.xml', () => {
  it('reads like this', () => {
    expect(junitXml(reportData(sampleCampaign()))).toMatchSnapshot();
  });

  it('counts verdicts: an inconclusive scenario fails where the profile stops on it, and is skipped in dev', () => {
    const campaign = sampleCampaign();
    expect(junitXml(reportData(campaign))).toContain('tests="3" failures="2" errors="0" skipped="0"');
    const dev = junitXml(reportData({ ...campaign, profile: 'dev' }));
    expect(dev).toContain('tests="3" failures="1" errors="0" skipped="1"');
    const nothing = campaign.scenarios.map((scenario) => ({ ...scenario, rows: [] }));
    expect(junitXml(reportData({ ...campaign, scenarios: nothing }))).toContain('failures="0" errors="3"');
  });

  it('is well-formed, also when every text in it is hostile', () => {
    assertWellFormed(junitXml(reportData(sampleCampaign())));
    const xml = junitXml(reportData(hostileCampaign()));
    assertWellFormed(xml);
    // oxlint-disable-next-line no-control-regex -- it looks for what XML forbids
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/);
  });

  it('is checked by something that notices', () => {
    for (const broken of ['<a>', '<a></b>', '<a b="<"/>', 'x & y', ']]>', '<img src=x>'])
      expect(() => assertWellFormed(broken)).toThrow(/not XML|never closed|stray|never began/);
  });

  it('takes escape sequences out whole, and keeps characters beyond the basic plane', () => {
    expect(xmlText('\u001b[1;31mred\u001b[0m 🎺 <&>')).toBe('red 🎺 &lt;&amp;&gt;');
    expect(xmlText(hostile)).not.toMatch(/[<"]/);
  });
});

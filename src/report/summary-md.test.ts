// The file `summary.md`: what a reader sees on GitHub, and that foreign text stays text.
import { describe, expect, it } from 'vitest';
import { hostileCampaign } from './hostile.test-support.ts';
import { reportData } from './report-data.ts';
import { sampleCampaign } from './sample-campaign.test-support.ts';
import { codeText, summaryMarkdown } from './summary-md.ts';

describe('summary.md', () => {
  it('reads like this', () => {
    expect(summaryMarkdown(reportData(sampleCampaign()))).toMatchSnapshot();
  });

  it('writes foreign text so that no sign of it is markup', () => {
    expect(codeText('a|b `c` <d> [e](f) *g* \\| https://h @i')).toMatchInlineSnapshot(
      `"<code>a&#124;b &#96;c&#96; &#60;d&#62; &#91;e&#93;(f) &#42;g&#42; &#92;&#124; https&#58;//h &#64;i</code>"`,
    );
  });

  it('holds nothing but its own tags, and only whole table rows, when every text is hostile', () => {
    const markdown = summaryMarkdown(reportData(hostileCampaign()));
    const tags = new Set(markdown.match(/<[^>]*>/g));
    expect([...tags].sort()).toEqual(['</code>', '<code>']);
    expect(markdown).not.toMatch(/\]\(|``|\\\|/);
    const bars = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(new Set(bars.map((line) => line.split('|').length))).toEqual(new Set([10, 5]));
  });
});

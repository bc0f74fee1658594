// The terminal report: its order, its words, and that nothing from outside can touch the terminal.
import { describe, expect, it } from 'vitest';
import { hostileCampaign } from './hostile.test-support.ts';
import { plainPalette } from './palette.ts';
import { reportData } from './report-data.ts';
import { sampleCampaign } from './sample-campaign.test-support.ts';
import { terminalReport } from './terminal.ts';

const sample = reportData(sampleCampaign());

describe('the terminal report', () => {
  it('reads like this', () => {
    expect(terminalReport(sample)).toMatchSnapshot();
  });

  it('tells warnings first, then the table, the twins, the failures, and the gate last', () => {
    const text = terminalReport(sample);
    const places = ['warning', '│ scenario', 'The same faults', 'failing trials', 'replay', 'gate fail'].map(
      (part) => text.indexOf(part),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBe(0);
    expect(text.trimEnd().split('\n').at(-2)).toContain('gate fail');
  });

  it('colours nothing by itself, and only through the palette when it is given one', () => {
    // oxlint-disable-next-line no-control-regex -- it looks for escapes
    expect(terminalReport(sample)).not.toMatch(/\u001b/);
    const loud = { ...plainPalette, bad: (text: string) => `<bad>${text}</bad>` };
    expect(terminalReport(sample, loud)).toContain('<bad>gate fail</bad>');
  });

  it('says that nothing was measured when there was no scenario', () => {
    const text = terminalReport(reportData({ ...sampleCampaign(), scenarios: [], warnings: [] }));
    expect(text).toMatch(/^gate error {2}nothing measured: no scenario was run\n/);
  });

  it('lets no control character, bidirectional mark or line break of others through', () => {
    const text = terminalReport(reportData(hostileCampaign()));
    // oxlint-disable-next-line no-control-regex -- it looks for them
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    expect(text).toContain('␛[31mred');
    expect(text).not.toMatch(/^next/m);
  });
});

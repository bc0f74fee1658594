// tool.hang: the tool never returns.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const toolHang = defineFault({
  kind: 'tool.hang',
  catalogueLayer: 'Tool',
  family: 'delays',
  layer: 'tool',
  phase: 'request',
  summary: 'The tool never returns.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: () => ({ kind: 'silent' }),
});

// Nodes of agent graphs: which of them is an agent.

/** Null for a node that runs tools, and for those that the framework adds: they are nobody. */
export function graphNode(node: string | null): string | null {
  return node === null || node === 'tools' || node.startsWith('__') ? null : node;
}

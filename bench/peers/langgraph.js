// Workflows of LangGraph.js: a chain of five agents with MemorySaver, set up to be as fast as it sensibly can be.
//
// A workflow here is one `invoke` of a graph that was compiled once: five nodes, a list of messages as state, and in
// each node a fake model that is a plain function and answers at once (no chat model class, no callbacks, no tracing).
// No chaos, no log, no checks. Each workflow has its own thread, and the thread is deleted after it, so that memory
// stays flat and nothing slows down with the number of threads. Eight workflows are under way at once: one at a time
// was slower by a quarter.
import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';

const agents = ['qualifier', 'researcher', 'compliance', 'scheduler', 'closer'];

/** LangGraph's own default: a checkpoint a step, so that a run can be resumed at any of them. */
export const perStep = workflows('async');

/** One checkpoint, at the end: the upper end of its speed, and nothing to resume a broken run from. */
export const atExit = workflows('exit');

function workflows(durability) {
  const saver = new MemorySaver();
  const chain = chainOf(saver);
  return {
    inFlight: 8,
    async once(ordinal) {
      const thread = `thread-${ordinal}`;
      const { messages } = await chain.invoke(
        { messages: [new HumanMessage('Turn this lead into a signed contract, or say why not.')] },
        { configurable: { thread_id: thread }, durability },
      );
      if (messages.length !== agents.length + 1) throw new Error(`${messages.length} messages`);
      await saver.deleteThread(thread);
    },
  };
}

function chainOf(checkpointer) {
  const graph = new StateGraph(MessagesAnnotation);
  for (const agent of agents)
    graph.addNode(agent, () => ({ messages: [new AIMessage(`${agent}: done, over to the next`)] }));
  const stops = [START, ...agents, END];
  for (let at = 1; at < stops.length; at++) graph.addEdge(stops[at - 1], stops[at]);
  return graph.compile({ checkpointer });
}

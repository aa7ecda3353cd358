/** What stands in a party's log before its node starts. */
import type { SignedRoster } from "../../src/line/index.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { released } from "../../bench/line/made.ts";
import type { MadeParty } from "./line.ts";

/** The log's beginning, and so many messages that nobody was told yet. */
export async function sayBefore(party: MadeParty, messages: number): Promise<void> {
  const node = openNode(party.dir, { logger: silentLogger });
  const roster = node.state.foundingRosters.get(node.state.self) as SignedRoster;
  node.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
  node.outbound.append(Array.from({ length: messages }, (_, i) => released(node, party, i)));
  await node.close();
}

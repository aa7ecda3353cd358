/** A node that does not keep the rules: what it says is put into its log all the same. */
import type { Signer } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type Message, parseBody, signDrafted, signReleased, toBeSigned } from "../../src/message/index.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { type MessageHash, parseMessageId } from "../../src/wire/id.ts";
import type { MadeParty } from "./line.ts";

/**
 * Two officers of `party` sign it, and it is appended; its node must not be running. A text where nothing is given.
 * `bend` does away with a rule that the node would keep by itself.
 */
export async function sayRegardless(
  { id, dir, officers }: MadeParty,
  rest: object = {},
  bend: (node: OpenNode) => void = () => undefined,
): Promise<MessageHash> {
  const node = openNode(dir, { logger: silentLogger });
  bend(node);
  const { line, charterHash, charter } = node.state;
  const said = {
    line,
    charter: charterHash,
    from: id,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    kind: "text",
    version: 1,
    subject: "all the same",
    re: null,
    list: null,
    heads: [],
    at: node.now(),
    expires: null,
    lang: "en",
    exercise: charter.exercise,
    sole_reason: null,
    body: { words: "Words." },
    ...rest,
  } as Message;
  const message = { ...said, body: parseBody(said.kind, said.body) } as Message;
  const [drafter, releaser] = ["watch-1", "watch-2"].map((officer) => officers[officer]?.signer as Signer);
  const drafted = await signDrafted(suite, toBeSigned(suite, message), drafter as Signer);
  const released = await signReleased(suite, drafted, releaser as Signer);
  node.outbound.append([{ type: "message", released, drafter: null, releaser: "watch-2" as never }]);
  await node.close();
  return released.hash;
}

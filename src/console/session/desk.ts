/** The officer's desk: who is signed in here, at which node, with which key. It lives in memory and nowhere else. */
import { createContext, use } from "react";
import { type Access, allows, type Client, type NodeFacts, type Session } from "../../api/index.ts";
import type { Signer } from "../../crypto/index.ts";
import type { Feed } from "../live/feed.ts";

export interface Desk {
  readonly node: NodeFacts;
  readonly session: Session;
  readonly client: Client;
  readonly signer: Signer;
  readonly feed: Feed;
  readonly signOut: () => void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("There is no desk: nobody is signed in.");
  return desk;
}

/** True where the signed-in officer's roles suffice: what an officer may not do is not offered. */
export function useMay(access: Access): boolean {
  return allows(access, useDesk().session.roles);
}

import { toBase64 } from "../../wire/bytes.ts";
import type { HandlersOf } from "../http/handlers.ts";
import type { Node } from "../node.ts";

export function parcelRoutes({ courier, store, state }: Node): HandlersOf<"parcelOut" | "parcelIn"> {
  return {
    parcelOut: ({ body }) => {
      const { sealed, from, upTo } = courier.out(body.to, body.after ?? null);
      const own = store.log(state.origin)?.size ?? 0;
      return { parcel: toBase64(sealed), from, up_to: upTo, own };
    },
    parcelIn: ({ body }) => {
      const { taken, stored, place } = courier.in(body);
      return { from: taken.from, made_at: taken.at, stored, repeated: taken.repeated, place };
    },
  };
}

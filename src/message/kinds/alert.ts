import { list, nullable, record } from "../compose.ts";
import { code, messageRef, words } from "../field.ts";
import { volume } from "../place.ts";

/** STOP, accident in progress, hazard, "is this yours?". One officer releases it; it is never stale. */
export const ALERT = record({
  alert: code("alert"),
  volumes: list(volume(), 1, 16),
  /** The message that it concerns, such as the movement that is under fire. */
  message: nullable(messageRef()),
  remarks: words(1000),
});

import { list, nullable, record } from "../compose.ts";
import { code, metres, words } from "../field.ts";
import { volume } from "../place.ts";
import { grade } from "./assessment.ts";

/** An incident or a hazard: where and when (its volumes' windows), and how far it is to be believed. */
export const REPORT = record({
  type: code("report_type"),
  category: code("report_category"),
  volumes: list(volume(), 1, 100),
  grade,
  precision_m: nullable(metres(0, 1_000_000)),
  remarks: words(4000),
});

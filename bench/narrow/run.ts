/** The bench of narrow links: an alert over 2.4 kbit/s with one datagram in ten lost, in simulated time. */
import { ALERT_SET_BYTES, DATAGRAM_BYTES, datagramAt, setBytes, weightOf } from "../../src/line/index.ts";
import {
  type Alert,
  type Link,
  LONGEST_REMARKS,
  seeded,
  setOf,
  timeToOpen,
  toldAlert,
} from "../../test/narrow/link.ts";
import { suite } from "../../test/line/world.ts";
import { alone, besideBound, type Measure, type Report } from "../report.ts";

const LIMIT_MS = 15_000;
const SEED = 20_261_126;
const WHY =
  "one alert to one recipient, nothing else on the link and no word back; headers counted; simulated time, the node's own code";

/** Tries are cheap: as many as show one failure in a hundred clearly. */
export async function runNarrow({ quick }: { readonly quick: boolean }, say: (text: string) => void): Promise<Report> {
  const tries = quick ? 200 : 5000;
  const told = await toldAlert({ remarks: "x".repeat(LONGEST_REMARKS) });
  const measures: Measure[] = [
    besideBound({
      measure: "alert-bytes",
      unit: "bytes",
      value: await bytesOf(),
      atMost: ALERT_SET_BYTES,
      why: "three parties, a STOP with one circle, 53 characters of remarks, two heads",
    }),
    besideBound({
      measure: "longest-alert-bytes",
      unit: "bytes",
      value: setBytes(told.plain.length) ?? Infinity,
      atMost: ALERT_SET_BYTES,
      why: `the same with ${LONGEST_REMARKS} bytes of remarks; it is what all below is measured with`,
    }),
    alone({
      measure: "fullest-alert-bytes",
      unit: "bytes",
      value: await bytesOf({ remarks: "ж".repeat(1000) }),
      why: "1,000 characters of two bytes, all that the kind takes: the drafter is warned",
    }),
  ];
  for (const ip of [4, 6] as const) {
    const set = setOf(told, ip);
    const heaviest = Math.max(...[0, 254].map((index) => weightOf(datagramAt(suite, told.keys, set, index), ip)));
    const times = timesOver({ bitsPerSecond: 2400, loss: 0.1, ip }, tries);
    const late = times.filter((ms) => ms > LIMIT_MS).length;
    say(`IPv${ip}: ${late} of ${tries} tries late`);
    measures.push(
      besideBound({
        measure: `datagram-bytes-ipv${ip}`,
        unit: "bytes with headers",
        value: heaviest,
        atMost: DATAGRAM_BYTES,
      }),
      besideBound({
        measure: `late-of-100-ipv${ip}`,
        unit: "tries of 100 over 15 s",
        value: (100 * late) / tries,
        atMost: 1,
        why: WHY,
      }),
      alone({ measure: `tries-ipv${ip}`, unit: "tries", value: tries }),
      alone({ measure: `opened-median-ipv${ip}`, unit: "ms", value: quantile(times, 0.5) }),
      alone({ measure: `opened-p99-ipv${ip}`, unit: "ms", value: quantile(times, 0.99) }),
    );
  }
  return { bench: "narrow", measures, broken: null };

  function timesOver(link: Link, count: number): number[] {
    const random = seeded(SEED);
    const set = setOf(told, link.ip);
    return Array.from({ length: count }, () => timeToOpen(told, set, link, random)).toSorted((a, b) => a - b);
  }
}

async function bytesOf(alert?: Alert): Promise<number> {
  return setBytes((await toldAlert(alert)).plain.length) ?? Infinity;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] as number;
}

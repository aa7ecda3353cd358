/** GPX 1.1: waypoints are places; routes and tracks are lines with times, which become movements. */
import { intakeError } from "../errors.ts";
import { decimalNumber } from "../value.ts";
import { type Feature, featureFile, stray } from "./features.ts";
import type { ReadTerms, WholeFile } from "./reader.ts";
import { childrenOf, textOf, type XmlNode, xmlTree } from "./xml.ts";

/** @throws xml-malformed, and what features throw */
export function readGpx(text: string, terms: ReadTerms): WholeFile {
  const root = xmlTree(text);
  if (root.name !== "gpx")
    throw intakeError("xml-malformed", `The file is XML and not GPX: it begins with "${root.name.slice(0, 40)}".`);
  const features = root.children.flatMap((node): Feature[] => {
    switch (node.name) {
      case "wpt":
        return [{ properties: properties(node), geometry: point(node), times: [], findings: [], kind: "site" }];
      case "rte":
        return [line(node, childrenOf(node, "rtept"), "")];
      case "trk": {
        const segments = childrenOf(node, "trkseg");
        const lines = segments.map((segment, i) =>
          line(node, childrenOf(segment, "trkpt"), segments.length > 1 ? ` (${i + 1})` : ""),
        );
        return [...lines, ...strayIn(node, ["trkpt"])];
      }
      default:
        return strayIn(node, ["wpt", "rte", "trk"]);
    }
  });
  return featureFile(features, terms);
}

/** Points where the format has none: they are not passed over in silence. */
function strayIn(node: XmlNode, names: readonly string[]): Feature[] {
  const count = node.children.filter(({ name }) => names.includes(name)).length;
  return count === 0 ? [] : [stray(textOf(node, "name"), node.name, count)];
}

function properties(node: XmlNode, after = ""): Map<string, string> {
  const found = ["name", "cmt", "desc", "time", "type", "sym"].flatMap((field) => {
    const text = textOf(node, field);
    return text === "" ? [] : [[field, field === "name" ? text + after : text] as const];
  });
  const own = new Map(found);
  for (const extensions of childrenOf(node, "extensions")) {
    for (const [field, text] of leavesOf(extensions)) if (!own.has(field)) own.set(field, text);
  }
  return own;
}

/** What other software says of it in elements of its own, under their names. */
function leavesOf(node: XmlNode): (readonly [string, string])[] {
  return node.children.flatMap((child) =>
    child.children.length > 0 ? leavesOf(child) : child.text === "" ? [] : [[child.name, child.text] as const],
  );
}

function position({ attributes }: XmlNode): number[] {
  return [attributes["lon"], attributes["lat"]].map((text = "") => decimalNumber(text));
}

function point(node: XmlNode) {
  return { type: "Point", coordinates: position(node) };
}

/** A track of one fix is a position with a time, and no line. */
function line(node: XmlNode, points: readonly XmlNode[], after: string): Feature {
  const times = points.map((each) => textOf(each, "time"));
  const only = points.length === 1 ? points[0] : undefined;
  const geometry = only === undefined ? { type: "LineString", coordinates: points.map(position) } : point(only);
  const stops = points.map((each) => textOf(each, "name"));
  return { properties: properties(node, after), geometry, times, stops, findings: [], kind: "movement" };
}

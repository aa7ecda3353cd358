/**
 * XML under caps: no document type, hence no entities of its own and no bombs; nesting and elements are counted. Read
 * as events where a file is large, or as a tree.
 */
import { SaxesParser } from "saxes";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

export interface XmlEvents {
  /** Names are local, without the prefix of their namespace. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

export interface XmlReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

/** Throws xml-malformed, from `push` and `end`. */
export function xmlReader(events: XmlEvents): XmlReader {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let [depth, elements] = [0, 0];
  parser.on("error", ({ message }) => {
    throw malformed(message.replace(/^[^:]*:\d+:\d+: /, "").slice(0, 200));
  });
  parser.on("doctype", () => {
    throw malformed("it declares a document type, which can make a small file endless");
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    elements += 1;
    if (depth > LIMITS.depth) throw malformed(`it is nested more than ${LIMITS.depth} deep`);
    if (elements > LIMITS.elements) throw malformed(`it has more than ${LIMITS.elements} elements`);
    events.open(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    events.close(local(name));
  });
  parser.on("text", events.text);
  parser.on("cdata", events.text);
  return { push: (text) => void parser.write(text), end: () => void parser.close() };
}

function malformed(why: string) {
  return intakeError("xml-malformed", `The file is not well-formed XML: ${why}.`);
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** The element's own text, without that of the elements in it. */
  readonly text: string;
}

/** Throws xml-malformed. */
export function xmlTree(text: string): XmlNode {
  const stack: { name: string; attributes: Record<string, string>; children: XmlNode[]; text: string[] }[] = [];
  let root: XmlNode | null = null;
  const reader = xmlReader({
    open: (name, attributes) => void stack.push({ name, attributes: { ...attributes }, children: [], text: [] }),
    close: () => {
      const { text: parts, ...rest } = stack.pop() as (typeof stack)[number];
      const node: XmlNode = { ...rest, text: parts.join("").trim() };
      if (stack.length === 0) root = node;
      else stack.at(-1)?.children.push(node);
    },
    text: (piece) => void stack.at(-1)?.text.push(piece),
  });
  reader.push(text.replace(/^\ufeff/, "").trimStart());
  reader.end();
  if (root === null) throw malformed("it has no element");
  return root;
}

export function childOf(node: XmlNode, name: string): XmlNode | null {
  return node.children.find((child) => child.name === name) ?? null;
}

export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** The text of a child element; "" where there is none. */
export function textOf(node: XmlNode, name: string): string {
  return childOf(node, name)?.text ?? "";
}

/** The API's readable page: the route table as plain HTML, with no script and nothing from elsewhere. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { PERMISSIONS, type Route, type RouteId, ROUTES } from "../../api/index.ts";

type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

export function docsPage(title: string, document: OpenApiDocument): string {
  const routes = Object.entries(ROUTES) as [RouteId, Route][];
  const tags = [...new Set(routes.map(([, route]) => route.tag))];
  const sections = tags.map((tag) => {
    const rows = routes.filter(([, route]) => route.tag === tag).map(([id, route]) => routeBlock(id, route, document));
    return `<h2 id="${tag}">${tag}</h2>\n${rows.join("\n")}`;
  });
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escape(name)}"><summary>${escape(name)}</summary>${pre(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/api/docs.css"></head><body>
<header><h1>${escape(title)}</h1>
<p>The same in OpenAPI 3.1: <a href="/api/openapi.json">openapi.json</a>. Sign in with <code>POST /api/session/challenge</code>
and <code>POST /api/session</code>, then send <code>Authorization: Bearer …</code>. Every fault has the form
<a href="#schema-Error">Error</a> with a code of the closed list in <code>docs/errors.md</code>.</p>
<nav>${tags.map((tag) => `<a href="#${tag}">${tag}</a>`).join(" ")} <a href="#roles">roles</a> <a href="#schemas">schemas</a></nav></header>
<main>${sections.join("\n")}
<h2 id="roles">roles</h2><table><tr><th>to</th><th>any of these roles</th></tr>
${Object.entries(PERMISSIONS)
  .map(([permission, roles]) => `<tr><td>${escape(permission)}</td><td>${escape(roles.join(", "))}</td></tr>`)
  .join("\n")}</table>
<h2 id="schemas">schemas</h2>${schemas.join("\n")}</main></body></html>`;
}

function routeBlock(id: RouteId, route: Route, document: OpenApiDocument): string {
  const operation = document.paths?.[route.path]?.[route.method];
  const detail = {
    parameters: operation?.parameters,
    requestBody: operation?.requestBody,
    responses: operation?.responses,
  };
  return `<details id="${id}"><summary><b>${route.method.toUpperCase()}</b> <code>${escape(route.path)}</code>
<span>${escape(route.summary)}</span></summary><p>Who may ask: ${escape(route.access)}.</p>${pre(detail)}</details>`;
}

function pre(value: unknown): string {
  return `<pre>${escape(JSON.stringify(value, null, 2) ?? "")}</pre>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export const DOCS_CSS = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem}
nav{display:flex;flex-wrap:wrap;gap:1rem}
details{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:.4rem;margin:.4rem 0;padding:.4rem .8rem}
summary{cursor:pointer}summary span{opacity:.75}
pre{overflow:auto;font-size:.85rem}
table{border-collapse:collapse}td,th{text-align:start;padding:.2rem .8rem .2rem 0;vertical-align:top}`;

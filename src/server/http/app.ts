/** The node's HTTP door: guard, API, documents, console. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { apiError } from "../../api/index.ts";
import { DOCS_CSS, docsPage } from "./docs.ts";
import { guard, type GuardOptions } from "./guard.ts";
import { faultResponse, type RegisterContext, registerRoutes } from "./register.ts";
import { html, staticFile } from "./static.ts";

export interface AppContext extends RegisterContext {
  readonly guard: GuardOptions;
  readonly consoleFolder: string;
  readonly title: string;
  readonly version: string;
}

export function createApp(context: AppContext): OpenAPIHono {
  const app = new OpenAPIHono();
  app.use("*", guard(context.guard));
  app.openAPIRegistry.registerComponent("securitySchemes", "session", { type: "http", scheme: "bearer" });
  registerRoutes(app, context);
  const document = lazy(() =>
    app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: context.title, version: context.version, license: { name: "Apache-2.0" } },
    }),
  );
  app.get("/api/openapi.json", (c) => c.json(document()));
  app.get("/api/docs", () => html(docsPage(context.title, document()), 200));
  app.get("/api/docs.css", () => new Response(DOCS_CSS, { headers: { "content-type": "text/css; charset=utf-8" } }));
  app.get("*", async (c, next) => {
    if (c.req.path.startsWith("/api/") || c.req.path.startsWith("/line/")) return next();
    return (await staticFile(context.consoleFolder, c.req.path, c.req.header("accept-encoding"))) ?? next();
  });
  app.notFound((c) => {
    const fault = apiError("not-found", `There is no ${c.req.method} ${c.req.path.slice(0, 200)} on this node.`);
    return faultResponse(fault, context.logger, "none");
  });
  app.onError((error) => faultResponse(error, context.logger, "app"));
  return app;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

import { Command } from "commander";
import { resolve } from "node:path";
import { createGoBetween, grantMailbox, startGoBetween } from "../../server/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { examples } from "../help.ts";

interface Options {
  readonly dir: string;
  readonly listen: string;
  readonly publicAddress?: string;
  readonly json?: boolean;
}

export function goBetweenCommand(context: Context): Command {
  const command = new Command("go-between")
    .description("keep sealed parcels for nodes that others cannot reach; it learns nothing but sizes and times")
    .addCommand(initCommand(context))
    .addCommand(grantCommand(context))
    .addCommand(serveCommand(context));
  return examples(command, [
    ["1. make it, on a machine that all can reach", "go-between init --dir post --listen 192.0.2.9:7110"],
    ["2. run it", "go-between serve --dir post"],
    ["3. a line of text for each party that may open a mailbox", "go-between grant --dir post"],
  ]);
}

function directory(command: Command): Command {
  return command.requiredOption("--dir <directory>", "the go-between's directory");
}

function initCommand(context: Context): Command {
  const command = directory(new Command("init").description("make a go-between's directory and its key"))
    .requiredOption("--listen <address:port>", "where it listens")
    .option("--public-address <url>", "where nodes reach it (default: https:// and where it listens)");
  examples(command, [["one that nodes reach as it listens", "go-between init --dir post --listen 192.0.2.9:7110"]]);
  return action<Options>(context, command, async (_, { dir, listen, publicAddress }) => {
    const path = resolve(context.cwd, dir);
    createGoBetween(context.suite, path, listen, publicAddress ?? null);
    return { status: 0, json: { dir: path }, text: `${path}\nNext: parley go-between serve --dir ${dir}` };
  });
}

function grantCommand(context: Context): Command {
  const command = directory(new Command("grant").description("a line of text with which one party opens one mailbox"));
  examples(command, [["give it to that party; it serves once, within 30 days", "go-between grant --dir post"]]);
  return action<Options>(context, command, async (_, { dir }) => {
    const grant = grantMailbox(context.suite, resolve(context.cwd, dir), context.now);
    return { status: 0, json: { grant }, text: grant };
  });
}

function serveCommand(context: Context): Command {
  const command = directory(new Command("serve").description("run the go-between until it is told to end"));
  examples(command, [["until Ctrl-C or SIGTERM", "go-between serve --dir post"]]);
  return action<Options>(context, command, async (_, options) => {
    const asked = new Promise<void>((done) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done());
    });
    const running = await startGoBetween(resolve(context.cwd, options.dir));
    const { url } = running;
    context.print(
      options.json === true ? JSON.stringify({ url }) : `The go-between serves at ${url} (Ctrl-C ends it).`,
    );
    await asked;
    await running.stop();
    return { status: 0, text: "Ended." };
  });
}

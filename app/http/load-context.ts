import type { Caller as AppCaller } from "#server/api/caller.ts";
import type { Context } from "#server/api/context.ts";
import type { LinkFileAnswer } from "#server/domain/matching/link-faults.ts";

declare module "@remix-run/server-runtime" {
  /** Types loaders' and actions' answers as single fetch sends them. */
  interface Future {
    v3_singleFetch: true;
  }

  /** What the HTTP layer hands to every loader and action. */
  interface AppLoadContext {
    api: AppCaller;
    actor: Context["actor"];
    cspNonce: string;
    /** For moderators alone: `take` carries out the file that a form sends, as its bytes come in. */
    linkFiles: { open(): void; take(request: Request): Promise<LinkFileAnswer> };
    /** What every address of the site begins with: "" or such as "/theset". */
    basePath: string;
    /** Cookies that procedures set; the HTTP layer puts them on the Response. */
    responseHeaders: Headers;
    demo: boolean;
    /** ISO instant of the request by the server's clock. */
    now: string;
    /** Says which show the page is of, so that it can be kept until that changes. */
    ofShow(show: { id: number; closesAt: string }): void;
  }
}

export type { AppCaller };

import type { MetaFunction } from "@remix-run/node";

export const meta: MetaFunction = () => [];

export function loader(): never {
  throw new Response(null, { status: 404 });
}

export const action = loader;

export default function NotFound() {
  return null;
}

import { Link } from "@remix-run/react";
import { Fragment } from "react";
import type { ShowPage } from "../../http/answers.ts";

/** Who else plays that night, with a link to those who are known here. */
export function AlsoOnBill({ acts }: { acts: ShowPage["alsoOnBill"] }) {
  if (acts.length === 0) return null;
  return (
    <p className="wrap-title mt-4 text-[1.0625rem] leading-relaxed sm:mt-5">
      <span className="text-soft">Also on the bill: </span>
      {acts.map(({ name, slug }, i) => (
        <Fragment key={i}>
          {i > 0 ? ", " : null}
          <bdi>
            {slug === null ? (
              name
            ) : (
              <Link to={`/artists/${slug}`} className="pen-link">
                {name}
              </Link>
            )}
          </bdi>
        </Fragment>
      ))}
    </p>
  );
}

import type { FactId } from "../../facts/facts.js";
import { labBody } from "../lab-body.js";
import { addToList, listIn, madeUpAaguid, noRoom, withList } from "../policy-shape.js";
import { ask, settled, unsettled, type WriteQuestion, type Written } from "../question.js";
import { asRefused, said } from "./said.js";

/** More than 20 KB by themselves. */
const TOO_MANY = 600;
const NO_GUID = "latchkey-lab";

const adding = {
  kind: "write",
  unfit: ({ saved }) => noRoom(saved),
} as const satisfies Partial<WriteQuestion>;
const at = ({ after }: Written, aaguid: string): number => listIn(after).indexOf(aaguid);

/** About the list of models, in either shape. The first is an ordinary write, by which the others are judged. */
export const LIST_QUESTIONS = {
  aaguidOrder: {
    ...adding,
    asks: "two made-up AAGUIDs at the end of the list, the higher one first",
    ask: (now) => ask(addToList(now, madeUpAaguid(0x20), madeUpAaguid(0x10))),
    see: (written) => {
      if (written.answer.kind === "refused")
        return unsettled(`Graph refused an ordinary write (${said(written)})`);
      const [high, low] = [at(written, madeUpAaguid(0x20)), at(written, madeUpAaguid(0x10))];
      if (high < 0 || low < 0) return unsettled("what was added was not read back");
      return high < low
        ? settled("kept", `${said(written)}; read back in the order sent`)
        : settled("sorted", `${said(written)}; read back with the lower one first`);
    },
  },
  aaguidCase: {
    ...adding,
    asks: "a made-up AAGUID in upper case at the end of the list",
    ask: (now) => ask(addToList(now, madeUpAaguid(0xab).toUpperCase())),
    see: (written) => {
      const sent = madeUpAaguid(0xab);
      if (written.answer.kind === "refused") return asRefused(written);
      if (at(written, sent.toUpperCase()) >= 0)
        return settled("kept", `${said(written)}; read back in upper case`);
      if (at(written, sent) >= 0) return settled("lower", `${said(written)}; read back in lower case`);
      return unsettled("what was added was not read back");
    },
  },
  aaguidDuplicates: {
    ...adding,
    asks: "a made-up AAGUID twice at the end of the list",
    ask: (now) => ask(addToList(now, madeUpAaguid(0x30), madeUpAaguid(0x30))),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const times = listIn(written.after).filter((each) => each === madeUpAaguid(0x30)).length;
      if (times === 0) return unsettled("what was added was not read back");
      return settled(
        times > 1 ? "kept" : "removed",
        `${said(written)}; read back ${times === 1 ? "once" : "twice"}`,
      );
    },
  },
  malformedAaguid: {
    ...adding,
    asks: `the word ${NO_GUID} at the end of the list`,
    ask: (now) => ask(addToList(now, NO_GUID)),
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      return at(written, NO_GUID) >= 0
        ? settled("accepted", `${said(written)}; read back as sent`)
        : settled("dropped", `${said(written)}; not read back`);
    },
  },
  sizeLimit: {
    kind: "write",
    unfit: () => undefined,
    asks: `${TOO_MANY} made-up AAGUIDs at the end of the list, which makes it larger than 20 KB`,
    ask: (now) => {
      const many = Array.from({ length: TOO_MANY }, (_, index) => madeUpAaguid(0x1000 + index));
      return ask(labBody(now, withList(now, [...listIn(now), ...many])));
    },
    see: (written) => {
      if (written.answer.kind === "refused") return asRefused(written);
      const isThere = at(written, madeUpAaguid(0x1000 + TOO_MANY - 1)) >= 0;
      return isThere
        ? settled("accepted", `${said(written)}; all were read back`)
        : unsettled("Graph accepted it, and what was added was not read back");
    },
  },
} as const satisfies Partial<Record<FactId, WriteQuestion>>;

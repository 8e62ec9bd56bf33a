import type { Shown } from "../../../core/audit/shown-digest.js";

/** The part of the Adaptive Card schema 1.5 that our cards use; plain data, no SDK class. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  /** Shown by clients that cannot draw the card, and read out by some. */
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
  /** Teams: use the width there is, so that three columns fit. */
  readonly msteams: { readonly width: "Full" };
}

export type CardColor = "default" | "accent" | "good" | "warning" | "attention";
export type CardStyle = "default" | "emphasis" | "good" | "warning" | "attention";

interface Placed {
  readonly spacing?: "none" | "small" | "default" | "medium" | "large";
  readonly separator?: boolean;
}

export interface TextBlock extends Placed {
  readonly type: "TextBlock";
  /** Markdown: text from elsewhere goes through `plain` first. */
  readonly text: string;
  readonly wrap: true;
  readonly weight?: "bolder";
  readonly size?: "small" | "medium" | "large";
  readonly isSubtle?: true;
  readonly color?: CardColor;
  readonly horizontalAlignment?: "right";
  readonly style?: "heading";
}

export interface TextRun {
  readonly type: "TextRun";
  /** Not Markdown: nothing in it needs escaping. */
  readonly text: string;
  readonly fontType?: "monospace";
  readonly isSubtle?: true;
  readonly size?: "small";
}

export interface RichTextBlock extends Placed {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
}

/** PNG, JPEG or GIF; Teams shows no other. */
export interface Image extends Placed {
  readonly type: "Image";
  readonly url: string;
  readonly altText: string;
  /** In pixels: "40px". */
  readonly width: string;
}

/** Buttons in the card itself, beside each other: on a phone there is room for two short ones. */
export interface ActionSet extends Placed {
  readonly type: "ActionSet";
  readonly actions: readonly CardAction[];
}

export interface Column {
  readonly type: "Column";
  readonly width: number | "auto" | "stretch";
  readonly items: readonly CardElement[];
  readonly verticalContentAlignment?: "center";
  readonly style?: CardStyle | "accent";
  /** In pixels: "6px". */
  readonly minHeight?: string;
}

export interface ColumnSet extends Placed {
  readonly type: "ColumnSet";
  readonly columns: readonly Column[];
}

export interface TableCell {
  readonly type: "TableCell";
  readonly items: readonly CardElement[];
}

/** Its first row is its header, which is what the schema takes it for where nothing else is said. */
export interface Table extends Placed {
  readonly type: "Table";
  readonly columns: readonly { readonly width: 1 }[];
  readonly rows: readonly { readonly type: "TableRow"; readonly cells: readonly TableCell[] }[];
  readonly showGridLines: false;
}

export interface Container extends Placed {
  readonly type: "Container";
  readonly style?: CardStyle;
  readonly bleed?: true;
  readonly items: readonly CardElement[];
}

/** Choices of which several may be ticked; what is sent are their values, with commas. */
export interface TickList extends Placed {
  readonly type: "Input.ChoiceSet";
  readonly id: string;
  readonly label: string;
  readonly isMultiSelect: true;
  readonly style: "expanded";
  readonly wrap: true;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly isRequired: true;
  readonly errorMessage: string;
}

export interface TextInput extends Placed {
  readonly type: "Input.Text";
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isMultiline: true;
  readonly maxLength: number;
  readonly isRequired: true;
  readonly errorMessage: string;
}

/** Teams draws it; other clients do not know it and leave it out. Its texts are not Markdown. */
export interface BarChart extends Placed {
  readonly type: "Chart.HorizontalBar";
  readonly title: string;
  readonly data: readonly { readonly x: string; readonly y: number }[];
  readonly fallback: "drop";
}

/** The same over days: a list of points for each line. */
export interface LineChart extends Placed {
  readonly type: "Chart.Line";
  readonly title: string;
  readonly showTitle: true;
  readonly xAxisTitle: string;
  readonly yAxisTitle: string;
  readonly data: readonly {
    readonly legend: string;
    /** `x` is a day: "2026-11-22". */
    readonly values: readonly { readonly x: string; readonly y: number }[];
  }[];
  readonly fallback: "drop";
}

export type CardElement =
  | TextBlock
  | RichTextBlock
  | ColumnSet
  | Table
  | Container
  | TextInput
  | Image
  | ActionSet
  | TickList
  | BarChart
  | LineChart;

/** What a plan's button says about itself, and about what its card shows. Which person pressed it comes from the activity. */
interface PlanButton extends Shown {
  readonly planId: number;
  /** Of Show all; the first when left out. Pages count from 1. */
  readonly page?: number;
}
/** The button of a scan's card. */
interface ScanButton {
  readonly scanId: string;
}
/** A button that leafs through a report on a scan: pages count from 1. */
interface PageButton extends ScanButton {
  readonly page: number;
}
/** The same for people without a passkey; in a group, if one was asked about. */
interface WithoutButton extends PageButton {
  readonly groupId?: string;
}
/** The same for the people who use a model, which is named in words or by its AAGUID. */
interface PeopleButton extends PageButton {
  readonly model: string;
}

/** The button of a drift's card. Pages of Show all count from 1. */
interface DriftButton extends Shown {
  readonly driftId: number;
  readonly page?: number;
}

/** The button of a notice of models. */
interface NoticeButton {
  readonly noticeId: string;
}

export const DRIFT_VERBS = ["acceptDrift", "putBackDrift", "showDrift", "showDriftLess"] as const;
export type DriftVerb = (typeof DRIFT_VERBS)[number];

export const VERBS = ["approve", "reject", "cancel", "scan", "showAll", "showLess"] as const;
export type Verb = (typeof VERBS)[number];

interface Button<Name extends string, Data extends object> {
  readonly type: "Action.Execute";
  readonly title: string;
  readonly verb: Name;
  readonly data: Data;
  readonly style?: "positive" | "destructive";
  /** For clients without Action.Execute: sends a message, which the bot answers. */
  readonly fallback: {
    readonly type: "Action.Submit";
    readonly title: string;
    readonly data: Data & { readonly verb: Name };
  };
}

export type ExecuteAction =
  | Button<Verb, PlanButton>
  | Button<DriftVerb, DriftButton>
  | Button<"cancelScan", ScanButton>
  | Button<"putOffModels", NoticeButton>
  | Button<"trySignIn", object>
  | Button<"keysInUse", PageButton>
  | Button<"withoutPasskey", WithoutButton>
  | Button<"whoUses", PeopleButton>;

export interface ShowCardAction {
  readonly type: "Action.ShowCard";
  readonly title: string;
  readonly card: {
    readonly type: "AdaptiveCard";
    readonly body: readonly CardElement[];
    readonly actions: readonly ExecuteAction[];
  };
}

/** Opens a page, for every reader of the card. */
export interface OpenUrlAction {
  readonly type: "Action.OpenUrl";
  readonly title: string;
  readonly url: string;
}

/** Says words in the name of the person who presses. */
export interface SayAction {
  readonly type: "Action.Submit";
  readonly title: string;
  readonly data: {
    readonly say: string;
    readonly msteams: {
      readonly type: "messageBack";
      readonly text: string;
      readonly displayText: string;
      readonly value: { readonly say: string };
    };
  };
}

/** Says words that only its card knows: those with what was ticked in them, or so many that no message shows them. */
export interface SubmitWordsAction {
  readonly type: "Action.Submit";
  readonly title: string;
  readonly data: { readonly say: string };
}

export type CardAction = ExecuteAction | ShowCardAction | OpenUrlAction | SayAction | SubmitWordsAction;

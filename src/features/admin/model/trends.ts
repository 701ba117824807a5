import type { Figures } from "@/shared/overview";
import { COUNT, DURATION, MICROS, moneyUnit, SHARE, type Unit } from "./figure-units";

/** One figure of the overview. */
export interface Measure {
  name: string;
  unit: Unit;
  /** Null where there is none. */
  of: (figures: Figures) => number | null;
  /** It is a line of the chart, not only a column of the table. */
  drawn?: true;
  /** People who came more than once cannot be added up: together the spans have their average. */
  averaged?: true;
}

/** Figures that are read together. */
export interface Trend {
  id: string;
  title: string;
  measures: Measure[];
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

export function trendsIn(currency: string): Trend[] {
  const money = moneyUnit(currency);
  return [
    {
      id: "use",
      title: "Use",
      measures: [
        { name: "Messages", unit: COUNT, of: ({ answers }) => answers, drawn: true },
        { name: "Images", unit: COUNT, of: ({ images }) => images, drawn: true },
      ],
    },
    {
      id: "people",
      title: "People",
      measures: [
        { name: "Active", unit: COUNT, of: ({ activeUsers }) => activeUsers, drawn: true, averaged: true },
        { name: "New", unit: COUNT, of: ({ newUsers }) => newUsers, drawn: true },
      ],
    },
    {
      id: "quality",
      title: "Cache and errors",
      measures: [
        { name: "Cache hits", unit: SHARE, of: (it) => share(it.cachedAnswers, it.answers), drawn: true },
        { name: "Errors", unit: SHARE, of: (it) => share(it.failed, it.asked), drawn: true },
        { name: "Asked", unit: COUNT, of: ({ asked }) => asked },
        { name: "Failed", unit: COUNT, of: ({ failed }) => failed },
      ],
    },
    {
      id: "speed",
      title: "Time to the first words",
      measures: [
        { name: "p50", unit: DURATION, of: ({ firstTokenP50 }) => firstTokenP50, drawn: true },
        { name: "p95", unit: DURATION, of: ({ firstTokenP95 }) => firstTokenP95, drawn: true },
      ],
    },
    {
      id: "credits",
      title: "Credits",
      measures: [
        { name: "Used", unit: COUNT, of: ({ creditsUsed }) => creditsUsed, drawn: true },
        { name: "Sold", unit: COUNT, of: ({ creditsSold }) => creditsSold, drawn: true },
        { name: "Given", unit: COUNT, of: ({ creditsGiven }) => creditsGiven, drawn: true },
        { name: "Taken", unit: COUNT, of: ({ creditsTaken }) => creditsTaken },
      ],
    },
    {
      id: "money",
      title: "Money",
      measures: [
        { name: "Revenue", unit: money, of: ({ revenue }) => revenue, drawn: true },
        { name: "Margin", unit: money, of: ({ margin }) => margin, drawn: true },
        { name: "Refunded", unit: money, of: ({ refunded }) => refunded },
        { name: "Provider cost", unit: MICROS, of: ({ costMicros }) => costMicros },
      ],
    },
  ];
}

/** A figure in full; a dash where there is none. */
export function inFull({ of, unit }: Measure, figures: Figures): string {
  const value = of(figures);
  return value === null ? "–" : unit.full(value);
}

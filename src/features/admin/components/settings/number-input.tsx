"use client";

import { type ComponentProps, useState } from "react";
import { Input } from "@/components/ui/input";
import { fromDecimal, toDecimal } from "@/shared/money";

type NumberInputProps = Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: number;
  onChange: (value: number) => void;
  /** Reads what is written; NaN for what is no such number. */
  read?: (text: string) => number;
  write?: (value: number) => string;
};

const readNumber = (text: string) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN);

/** A line for a number. What is only half written counts as NaN, and stays as it is written. */
export function NumberInput({ value, onChange, read = readNumber, write = String, ...props }: NumberInputProps) {
  const said = Number.isNaN(value) ? "" : write(value);
  const [text, setText] = useState(said);

  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      value={Object.is(read(text), value) ? text : said}
      onChange={(event) => {
        setText(event.target.value);
        onChange(read(event.target.value));
      }}
      {...props}
    />
  );
}

/** The same for an amount of money, which is kept in the currency's smallest unit. */
export function MoneyInput({ currency, ...props }: Omit<NumberInputProps, "read" | "write"> & { currency: string }) {
  return (
    <NumberInput
      read={(text) => fromDecimal(text.trim(), currency)?.amount ?? Number.NaN}
      write={(amount) => toDecimal({ amount, currency })}
      {...props}
    />
  );
}

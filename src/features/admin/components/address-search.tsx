"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import { useAddress } from "../hooks/use-address";

const PAUSE_MS = 200;

interface AddressSearchProps {
  label: string;
  placeholder: string;
  /** The name of the question in the page's address. */
  param?: string;
  maxLength: number;
}

/**
 * Searches as it is written in: each pause puts the words into the page's address, where the list finds them. So does
 * leaving the line: an address written while a link is being followed would call the visitor back.
 */
export function AddressSearch({ label, placeholder, param = "query", maxLength }: AddressSearchProps) {
  const [params, setParams] = useAddress();
  const asked = params.get(param) ?? "";
  const [text, setText] = useState(asked);
  const written = useRef(asked);

  // The address also changes by other hands: the way back, a filter that is taken away.
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setText(asked);
  }, [asked]);

  const search = useCallback(() => {
    const words = text.trim();
    if (words === written.current) return;
    written.current = words;
    setParams({ [param]: words });
  }, [text, param, setParams]);

  useEffect(() => {
    const timer = setTimeout(search, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search]);

  return (
    <SearchInput
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={setText}
      onBlur={search}
      maxLength={maxLength}
    />
  );
}

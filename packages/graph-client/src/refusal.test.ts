import { describe, expect, it } from "@jest/globals";
import { formErrors } from "./form-errors.ts";
import { isRefusal, isRefusedAs, unforeseen } from "./refusal.ts";

type BookPlace =
  | { __typename: "Booking"; id: string }
  | { __typename: "EventFull" | "BookingClosed"; code: string; message: string }
  | { __typename: "AlreadyBooked"; code: string; message: string; booking: { id: string } | null };

const booked = { __typename: "Booking", id: "bkg_1" } as BookPlace;
const full = { __typename: "EventFull", code: "EVENT_FULL", message: "No place is left." } as BookPlace;
const again = {
  __typename: "AlreadyBooked",
  code: "ALREADY_BOOKED",
  message: "You have a booking.",
  booking: { id: "bkg_1" },
} as BookPlace;

describe("a mutation's result", () => {
  it("is the thing or a refusal, told apart by type", () => {
    const idOf = (result: BookPlace): string => (isRefusal(result) ? result.message : result.id);
    expect([booked, full].map(idOf)).toEqual(["bkg_1", "No place is left."]);
  });

  it("is a refusal without __typename, and when this package does not know its type", () => {
    expect(isRefusal({ code: "NEW", message: "New." })).toBe(true);
    expect(isRefusal({ __typename: "NewRefusal", code: "NEW", message: "New." })).toBe(true);
    expect(isRefusal({ __typename: "EventFull" })).toBe(true);
  });

  it("is no refusal because it has a code, nor when it is null", () => {
    expect(isRefusal({ __typename: "Course", code: "QI-101" })).toBe(false);
    expect(isRefusal(null)).toBe(false);
  });

  it("is refused for one reason, which gives what comes with it", () => {
    expect(isRefusedAs(again, "ALREADY_BOOKED") && again.booking).toEqual({ id: "bkg_1" });
    expect(isRefusedAs(full, "ALREADY_BOOKED")).toBe(false);
    // @ts-expect-error -- booking a place is never refused because of a course's code
    expect(isRefusedAs(full, "COURSE_CODE_TAKEN")).toBe(false);
  });

  it("is switched over exhaustively, and a newer graph's answer still has a message", () => {
    const say = (result: BookPlace): string => {
      switch (result.__typename) {
        case "Booking":
          return result.id;
        case "EventFull":
        case "BookingClosed":
        case "AlreadyBooked":
          return result.message;
        default:
          return unforeseen(result).message;
      }
    };
    expect(say(full)).toBe("No place is left.");
    expect(say({ __typename: "Later", code: "LATER", message: "Come later." } as never)).toBe("Come later.");
    expect(say({ __typename: "Later" } as never)).toContain("Later");
    // @ts-expect-error -- a refusal is left over
    expect(unforeseen(full)).toMatchObject({ code: "EVENT_FULL" });
  });
});

describe("a form", () => {
  it("has the refusal's message at the field that its code is about, or at the form", () => {
    expect(formErrors(full, { EVENT_FULL: "event" })).toEqual({ form: null, fields: { event: "No place is left." } });
    expect(formErrors(again, { EVENT_FULL: "event" })).toEqual({ form: "You have a booking.", fields: {} });
    expect(formErrors(booked)).toEqual({ form: null, fields: {} });
  });

  it("takes places only for codes that the mutation can answer with, and gives only its fields", () => {
    // @ts-expect-error -- booking a place is never refused because of a course's code
    formErrors(full, { EVENT_FULL: "event", COURSE_CODE_TAKEN: "code" });
    // @ts-expect-error -- no place is called so
    expect(formErrors(full, { EVENT_FULL: "event" }).fields.other).toBeUndefined();
  });
});

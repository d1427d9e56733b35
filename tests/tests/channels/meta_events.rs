//! Meta's recorded webhooks and the events that they are, as lines of [`super::shown`]. Checked by hand against the
//! column `expected` of the index; seconds count from 1,790,000,000.

use super::{check_folder, from_meta};

#[rustfmt::skip]
const EXPECTED: &[(&str, &[&str])] = &[
    ("wh_text_hebrew.json", &[
        r#"text "שלום, יש לי נזילה מתחת לכיור במטבח. אפשר מישהו היום?" from 972500001001 [+972500001001 IL.1000000000000001] at 1 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDEA (דנה דוגמה)"#,
    ]),
    ("wh_text_english.json", &[
        r#"text "Hi, my AC stopped cooling. Can someone come tomorrow 9:00-12:00?" from 972500001002 [+972500001002 IL.1000000000000002] at 2 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDIA (Alex Sample)"#,
    ]),
    ("wh_text_arabic_rtl_marks.json", &[
        r#"text "\u{200f}\u{2067}مرحبا\u{2069}، رقمي \u{202a}050-000-1003\u{202c} \u{61c}شكرا" from 972500001003 [+972500001003 IL.1000000000000003] at 3 as meta:wamid.HBgMOTcyNTAwMDAxMDAzFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDMA (سارة مثال)"#,
    ]),
    ("wh_text_mixed_languages.json", &[
        r#"text "היי need a plumber دقيقة בבקשה, рядом с Dizengoff 99 🚿🔧" from 972500001001 [+972500001001 IL.1000000000000001] at 5 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDUA (דנה דוגמה)"#,
    ]),
    ("wh_text_only_invisible.json", &[
        r#"text "\u{200e}\u{200b}\u{2063} \nㅤ" from 972500001002 [+972500001002 IL.1000000000000002] at 7 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDcA (Alex Sample)"#,
    ]),
    ("wh_text_64kb.json", &[
        r#"text "אאאאא"… of 65536 bytes from 972500001001 [+972500001001 IL.1000000000000001] at 8 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDgA (דנה דוגמה)"#,
    ]),
    ("wh_text_reply_unknown_context.json", &[
        r#"text "על זה דיברתי" quoting wamid.HBgMOTcyNTAwMDA3Nzc3FQIAERgSMDAwMDAwMDAwMDAwMDAwMDREAA== from 972500001001 [+972500001001 IL.1000000000000001] at 11 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMEIA (דנה דוגמה)"#,
    ]),
    ("wh_text_forwarded.json", &[
        r#"text "fwd: call this number 050-000-7777" from 972500001002 [+972500001002 IL.1000000000000002] at 12 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMEMA (Alex Sample)"#,
    ]),
    ("wh_text_frequently_forwarded.json", &[
        r#"text "You won a prize, click here" from 972500001002 [+972500001002 IL.1000000000000002] at 13 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMEQA (Alex Sample)"#,
    ]),
    ("wh_text_referred_product.json", &[
        r#"text "Is this still available?" quoting wamid.HBgMOTcyNTAwMDAxMDAyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA0AA== from 972500001002 [+972500001002 IL.1000000000000002] at 14 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMEUA (Alex Sample)"#,
    ]),
    ("wh_text_referral_status_ad_no_clid.json", &[
        r#"text "Can I get more info about this?" from ad 120000000000000001 from 972500001002 [+972500001002 IL.1000000000000002] at 16 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMTAA (Alex Sample)"#,
    ]),
    ("wh_text_parent_bsuid.json", &[
        r#"text "parent ids" from 972500001005 [+972500001005 IL.1000000000000005] at 19 as meta:wamid.HBgMOTcyNTAwMDAxMDA1FQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMTMA (Noa Test)"#,
    ]),
    ("wh_text_pre_2026_no_bsuid.json", &[
        r#"text "old style payload" from 972500001002 [+972500001002] at 20 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMTQA (Alex Sample)"#,
    ]),
    ("wh_text_no_contacts_array.json", &[
        r#"text "no contacts array" from 972500001002 [+972500001002 IL.1000000000000002] at 21 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMTUA (-)"#,
    ]),
    ("wh_text_identity_hash.json", &[
        r#"text "שלום" from 972500001001 [+972500001001 IL.1000000000000001] at 22 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMTYA (דנה דוגמה)"#,
    ]),
    ("wh_image_with_url.json", &[
        r#"image "image/jpeg" at 400000000000002 from 972500001002 [+972500001002 IL.1000000000000002] at 31 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMUYA (Alex Sample)"#,
    ]),
    ("wh_image_no_caption.json", &[
        r#"image "image/jpeg" at 400000000000003 from 972500001001 [+972500001001 IL.1000000000000001] at 32 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjAA (דנה דוגמה)"#,
    ]),
    ("wh_image_referral.json", &[
        r#"image "image/jpeg" at 400000000000004 from ad 120000000000000001 from 972500001002 [+972500001002 IL.1000000000000002] at 33 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjEA (Alex Sample)"#,
    ]),
    ("wh_voice_note.json", &[
        r#"voice "audio/ogg" at 400000000000006 from 972500001001 [+972500001001 IL.1000000000000001] at 35 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjMA (דנה דוגמה)"#,
    ]),
    ("wh_audio_no_voice_flag.json", &[
        r#"voice "audio/amr" at 400000000000008 from 972500001002 [+972500001002 IL.1000000000000002] at 37 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjUA (Alex Sample)"#,
    ]),
    ("wh_document_hebrew_filename.json", &[
        r#"document "application/pdf" "הצעת מחיר" file "הצעת מחיר (סופי).pdf" at 400000000000009 from 972500001001 [+972500001001 IL.1000000000000001] at 38 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjYA (דנה דוגמה)"#,
    ]),
    ("wh_document_no_filename_odd_mime.json", &[
        r#"document "application/octet-stream" at 400000000000010 from 972500001002 [+972500001002 IL.1000000000000002] at 39 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjcA (Alex Sample)"#,
    ]),
    ("wh_document_image_as_file.json", &[
        r#"document "image/heic" file "IMG_0001.HEIC" at 400000000000011 from 972500001002 [+972500001002 IL.1000000000000002] at 40 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMjgA (Alex Sample)"#,
    ]),
    ("wh_sticker_animated.json", &[
        "ignored sticker",
    ]),
    ("wh_location_zero_zero.json", &[
        r#"location 0 0 "-" from 972500001002 [+972500001002 IL.1000000000000002] at 52 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMzQA (Alex Sample)"#,
    ]),
    ("wh_location_reply_to_request.json", &[
        r#"location 31.7683 35.2137 "ירושלים" quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA1AA== from 972500001001 [+972500001001 IL.1000000000000001] at 53 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMzUA (דנה דוגמה)"#,
    ]),
    ("wh_contacts_several_phones.json", &[
        "other contacts from 972500001001 [+972500001001 IL.1000000000000001] at 54 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMzYA (דנה דוגמה)",
    ]),
    ("wh_contacts_shared_vcard.json", &[
        "other contacts from 972500001003 [+972500001003 IL.1000000000000003] at 56 as meta:wamid.HBgMOTcyNTAwMDAxMDAzFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMzgA (سارة مثال)",
    ]),
    ("wh_button_reply.json", &[
        r#"tap "v1:lead:123:accept:9f2c" "מאשר" quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA2AA== from 972500001001 [+972500001001 IL.1000000000000001] at 60 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwM0MA (דנה דוגמה)"#,
    ]),
    ("wh_button_reply_tampered_id.json", &[
        r#"tap "v1:lead:999999:accept:9f2c' OR 1=1" "מאשר" quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA2AA== from 972500001001 [+972500001001 IL.1000000000000001] at 61 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwM0QA (דנה דוגמה)"#,
    ]),
    ("wh_button_reply_other_user.json", &[
        r#"tap "v1:lead:123:accept:9f2c" "מאשר" quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA2AA== from 972500001002 [+972500001002 IL.1000000000000002] at 62 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwM0UA (Alex Sample)"#,
    ]),
    ("wh_button_reply_twice.json", &[
        r#"tap "v1:lead:123:accept:9f2c" "מאשר" quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA2AA== from 972500001001 [+972500001001 IL.1000000000000001] at 63 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwM0YA (דנה דוגמה)"#,
    ]),
    ("wh_template_quick_reply_no_context.json", &[
        r#"tap "מצוין" "מצוין" from 972500001001 [+972500001001 IL.1000000000000001] at 67 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNDMA (דנה דוגמה)"#,
    ]),
    ("wh_flow_nfm_reply.json", &[
        "other nfm_reply quoting wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDA5AA== from 972500001001 [+972500001001 IL.1000000000000001] at 68 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNDQA (דנה דוגמה)",
    ]),
    ("wh_interactive_empty_with_value_errors.json", &[
        "unknown missing_content",
        "unknown value_error",
    ]),
    ("wh_reaction_removed_missing.json", &[
        "reaction none to wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDAzAA== from 972500001001 [+972500001001 IL.1000000000000001] at 82 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNTIA",
    ]),
    ("wh_order.json", &[
        "other order from 972500001002 [+972500001002 IL.1000000000000002] at 83 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNTMA (Alex Sample)",
    ]),
    ("wh_system_user_changed_number.json", &[
        "is now +972500001014 - from 972500001004 [+972500001004] at 84 as meta:wamid.HBgMOTcyNTAwMDAxMDA0FQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNTQA",
    ]),
    ("wh_system_user_changed_user_id.json", &[
        "is now +972500001014 IL.1000000000000044 from 972500001004 [+972500001004] at 85 as meta:wamid.HBgMOTcyNTAwMDAxMDA0FQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNTUA",
    ]),
    ("wh_system_identity_changed.json", &[
        "ignored security_code_changed",
    ]),
    ("wh_unsupported_edit.json", &[
        "ignored edit_without_text",
    ]),
    ("wh_unsupported_poll_creation.json", &[
        "other poll_creation from 972500001002 [+972500001002 IL.1000000000000002] at 91 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNUIA (Alex Sample)",
    ]),
    ("wh_unsupported_no_subtype.json", &[
        "ignored unsupported",
    ]),
    ("wh_edit_text_coexistence.json", &[
        r#"edited meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDEA to Some("תיקון: הנזילה בחדר האמבטיה") from 972500001001 [+972500001001 IL.1000000000000001] at 94 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNUUA"#,
    ]),
    ("wh_edit_image_caption.json", &[
        r#"edited meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMUUA to Some("כיתוב מתוקן") from 972500001001 [+972500001001 IL.1000000000000001] at 95 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNUYA"#,
    ]),
    ("wh_smb_message_echo.json", &[
        r#"a human answered Some("היי, מדבר נציג אנושי") from 972500001001 [+972500001001 IL.1000000000000001] at 98 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDMyAA=="#,
    ]),
    ("wh_text_missing_body_object.json", &[
        "unknown missing_content",
    ]),
    ("wh_timestamp_as_number.json", &[
        r#"text "numeric ts" from 972500001002 [+972500001002 IL.1000000000000002] at 104 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNjgA (Alex Sample)"#,
    ]),
    ("wh_several_messages_one_webhook.json", &[
        r#"text "היי" from 972500001001 [+972500001001 IL.1000000000000001] at 110 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNkUA (דנה דוגמה)"#,
        r#"image "image/jpeg" at 400000000000020 from 972500001001 [+972500001001 IL.1000000000000001] at 111 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNkYA (דנה דוגמה)"#,
        r#"text "Hello" from 972500001002 [+972500001002 IL.1000000000000002] at 112 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzAA (Alex Sample)"#,
        r#"text "דחוף!!" from 972500001001 [+972500001001 IL.1000000000000001] at 113 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzEA (דנה דוגמה)"#,
    ]),
    ("wh_several_entries_two_numbers.json", &[
        r#"text "entry 1" from 972500001001 [+972500001001 IL.1000000000000001] at 114 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzIA (דנה דוגמה)"#,
        r#"text "entry 2" from 972500001002 on 200000000000002 [+972500001002 IL.1000000000000002] at 115 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzMA (Alex Sample)"#,
    ]),
    ("wh_duplicate_id_same_webhook.json", &[
        r#"text "כפול" from 972500001001 [+972500001001 IL.1000000000000001] at 117 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzUA (דנה דוגמה)"#,
    ]),
    ("wh_out_of_order_timestamps.json", &[
        r#"text "שלישי" from 972500001001 [+972500001001 IL.1000000000000001] at 300 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzkA (דנה דוגמה)"#,
        r#"text "ראשון" from 972500001001 [+972500001001 IL.1000000000000001] at 100 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzcA (דנה דוגמה)"#,
        r#"text "שני" from 972500001001 [+972500001001 IL.1000000000000001] at 200 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwNzgA (דנה דוגמה)"#,
    ]),
    ("wh_old_message_six_days.json", &[
        r#"text "sent while your server was down" from 972500001002 [+972500001002 IL.1000000000000002] at -518400 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwN0EA (Alex Sample)"#,
    ]),
    ("wh_not_our_phone_number_id.json", &[
        r#"text "wrong tenant" from 972500001002 on 299999999999999 [+972500001002 IL.1000000000000002] at 125 as meta:wamid.HBgMOTcyNTAwMDAxMDAyFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwN0QA (Alex Sample)"#,
    ]),
    ("wh_dashboard_test_sample.json", &[
        r#"text "this is a text message" from 16315551181 on 123456123 [+16315551181] at -285097012 as meta:ABGGFlA5Fpa (test user name)"#,
    ]),
    ("wh_dashboard_test_bare.json", &[
        "ignored dashboard_sample",
    ]),
    ("wh_invalid_json.truncated", &[
        "unreadable",
    ]),
    ("wh_utf8_unescaped_body.json", &[
        r#"text "גוף ב-UTF-8 ללא escape / עם לוכסן <&>" from 972500001001 [+972500001001 IL.1000000000000001] at 127 as meta:wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwN0YA (דנה דוגמה)"#,
    ]),
    ("st_sent_with_conversation_v23.json", &[
        "status Sent for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDFGAA== at 31",
    ]),
    ("st_read.json", &[
        "status Read for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDFFAA== at 40",
    ]),
    ("st_read_without_delivered.json", &[
        "status Read for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDIwAA== at 41",
    ]),
    ("st_played.json", &[
        "status Read for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDIxAA== at 33",
    ]),
    ("st_out_of_order.json", &[
        "status Read for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDIyAA== at 50",
        "status Sent for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDIyAA== at 44",
        "status Delivered for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDIyAA== at 46",
    ]),
    ("st_unknown_value.json", &[
        "unknown unknown_status",
    ]),
    ("st_unknown_message.json", &[
        "status Delivered for wamid.HBgMOTcyNTAwMDA3Nzc3FQIAERgSMDAwMDAwMDAwMDAwMDAwMDYzAA== at 0",
    ]),
    ("st_failed_131047.json", &[
        "status Failed because window_closed:meta_131047 for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDI0AA== at 36",
    ]),
    ("st_failed_131049.json", &[
        "status Failed because undeliverable:meta_131049 for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDI2AA== at 38",
    ]),
    ("st_failed_130472.json", &[
        "status Failed because undeliverable:meta_130472 for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDI3AA== at 39",
    ]),
    ("st_failed_131053.json", &[
        "status Failed because never:meta_131053 for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDI4AA== at 40",
    ]),
    ("st_failed_131053_audio_mime.json", &[
        "status Failed because never:meta_131053 for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDJEAA== at 45",
    ]),
    ("st_group.json", &[
        "ignored group",
    ]),
    ("st_biz_opaque.json", &[
        "status Delivered of outbox:7b1d6c1e for wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDJDAA== at 44",
    ]),
    ("st_value_errors_130429.json", &[
        "account Slowed meta_130429",
    ]),
    ("ac_account_alerts.json", &[
        "account Alert account_alerts on 100000000000001",
    ]),
    ("ac_template_approved.json", &[
        "template appointment_reminder he approved on 100000000000001",
    ]),
    ("ac_business_capability.json", &[
        "account Note business_capability_update on 100000000000001",
    ]),
    ("ac_user_preferences_stop.json", &[
        "marketing Stop from 972500001001 [+972500001001 IL.1000000000000001] at 0 as meta:preference:c8da08fe587d2768d6489e73",
    ]),
    ("ac_phone_name_update.json", &[
        "account Note phone_number_name_update on 100000000000001",
    ]),
    ("ac_security_pin.json", &[
        "account Alert security:pin_reset_request on 100000000000001",
    ]),
    ("ac_calls_connect.json", &[
        "ignored call",
    ]),
    ("ac_unknown_field.json", &[
        "unknown unknown_field",
    ]),
    // An empty batch holds nothing.
    ("wh_empty_entry.json", &[]),
];

#[test]
fn webhooks_are_read_as_what_they_are() {
    check_folder("meta", from_meta, EXPECTED, |file| file.starts_with("api_"));
}

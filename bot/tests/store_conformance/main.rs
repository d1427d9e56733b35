//! What a store promises, each promise a function over `&Store`, run on every store. Time is an argument: no
//! test waits for anything but the store's own answer.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod finding;
mod fixtures;
mod golden;
mod inbox;
mod jobs;
mod listed;
mod mongodb_server;
mod moving;
mod moving_killed;
mod outage;
mod outbox;
mod outer;
mod people;
mod queries;
mod reopening;
mod sharing;
mod statuses;
mod stored_forms;
mod turns;
mod usage;
mod views;
mod waiting;

/// One test per promise and store. A promise that is not listed is unused code, which the lints refuse.
macro_rules! promises {
    ($($module:ident: $($promise:ident),+ $(,)?;)+) => {
        mod embedded {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $promise() {
                    let directory = tempfile::tempdir().unwrap();
                    let store = bot::store::Store::open_embedded(directory.path()).await.unwrap();
                    crate::$module::$promise(&store).await;
                    store.close().await.unwrap();
                }
            )+}
        )+}
        mod mongo {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $promise() {
                    let database = crate::mongodb_server::database(
                        concat!(stringify!($module), "_", stringify!($promise)),
                    ).await;
                    let store = bot::store::Store::open_mongo(&database.uri).await.unwrap();
                    crate::$module::$promise(&store).await;
                    store.close().await.unwrap();
                    database.forget().await;
                }
            )+}
        )+}
    };
}

promises! {
    inbox:
        a_message_is_new_once_whoever_races,
        repeated_within_one_delivery,
        only_new_messages_ask_for_a_turn,
        the_inbox_is_in_the_order_of_sending,
        the_oldest_oddities_go;
    jobs:
        the_longest_due_comes_first,
        a_job_is_handed_out_once_whoever_races,
        a_lease_that_ended_passes_on_and_the_old_holder_is_refused,
        a_finished_jobs_token_is_never_given_again,
        a_renewed_lease_lasts,
        several_at_once_with_deliveries_first,
        asked_again_while_running,
        asked_before_the_run_is_covered_by_it,
        a_burst_gathers_until_its_limit,
        at_once_beats_gathering,
        a_back_off_is_not_cut_short,
        waiting_without_failure_may_be_cut_short,
        dead_jobs_are_seen_retried_and_discarded,
        work_is_what_is_due_or_runs,
        new_work_is_not_buried_under_a_dead_job,
        what_comes_back_is_one_row_with_its_own_time,
        what_comes_back_does_so_after_failures_too,
        a_claim_tells_when_to_look_again,
        only_some_classes;
    listed:
        leads_by_every_filter_behind_a_row,
        chats_and_people_by_name_and_phone,
        both_sides_of_a_chat_page_by_page,
        users_and_what_they_changed,
        what_is_over_is_forgotten;
    outbox:
        a_lane_goes_in_order,
        a_later_message_waits_for_one_that_is_being_sent,
        messages_of_unknown_fate_are_counted,
        a_message_is_held_until_its_time,
        a_lane_that_was_lost_writes_nothing,
        a_message_is_marked_by_one,
        who_lost_a_lane_does_not_mark_what_another_one_marked,
        that_a_message_was_taken_is_not_lost_with_a_lease,
        the_last_of_a_lane_ends_its_job,
        a_lane_that_is_asked_for_meanwhile_is_served_again,
        a_state_never_goes_back,
        a_refused_message_is_queued_again,
        two_providers_with_one_id;
    people:
        what_there_is_of_people,
        rows_are_found_whatever_holds_the_words,
        a_row_that_changed_meanwhile_is_left_as_it_is,
        what_an_erased_person_sent_before_is_not_accepted;
    outer:
        what_is_known_of_the_outside_is_found,
        lanes_in_which_something_waits;
    queries:
        documents_by_id_and_by_name,
        leads_of_people_and_pros,
        appointments_of_a_pro_by_time,
        numbers_count_up_whoever_races,
        a_number_belongs_to_one_lead,
        history_is_the_newest_lines_oldest_first;
    statuses:
        in_any_order_and_repeated,
        a_message_in_flight_is_settled_and_its_lane_due,
        an_unsettled_message_is_settled,
        before_the_answer_was_written_down,
        at_the_moment_of_the_answer,
        unknown_ones_are_reported,
        a_failure_does_not_undo_a_delivery;
    turns:
        everything_of_a_turn_is_written,
        all_or_nothing,
        a_document_is_replaced_only_as_read,
        one_of_many_writers_wins,
        a_decision_is_committed_once,
        a_message_is_answered_once,
        one_visit_gets_a_contested_slot,
        an_expired_hold_is_free_without_cleaning,
        a_visit_takes_its_own_steps_again_and_frees_them,
        a_slot_off_the_grid_takes_every_step_it_touches,
        a_visit_that_was_not_seen_refuses_one_too_near,
        one_of_many_visits_that_are_too_near_wins,
        what_was_read_refuses_when_it_changed,
        what_a_turn_asks_of_itself_comes_after_it;
    usage:
        calls_are_summed_by_day_model_and_agent,
        a_call_counts_once_whoever_races,
        what_each_booked_job_took;
    views:
        what_a_turn_begins_with,
        what_is_known_of_a_person,
        the_front_of_a_lane_with_what_decides,
        the_pros_with_their_jobs;
    waiting:
        leads_left_alone_are_found_page_by_page_the_longest_first,
        what_was_not_reported_is_found_until_it_is,
        alerts_wait_until_they_were_told;
}

/// Only where one server has the store to itself: on MongoDB another may live.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_leases_of_a_dead_process_end_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let store = bot::store::Store::open_embedded(directory.path()).await.unwrap();
    jobs::the_leases_of_a_dead_process_end_at_once(&store).await;
    store.close().await.unwrap();
}
